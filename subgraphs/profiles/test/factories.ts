import { openSubgraph, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { access } from '../../access/src/subgraph.ts';
import { profiles } from '../src/subgraph.ts';

export const UPDATE = 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { id } }';
export const PRIVACY = 'mutation ($input: PrivacyInput!) { updatePrivacy(input: $input) { id } }';
export const FOLLOW = 'mutation ($id: ID!) { followUser(id: $id) { id viewerFollows viewerFollowStatus } }';
export const UNFOLLOW = 'mutation ($id: ID!) { unfollowUser(id: $id) { id } }';
export const APPROVE = 'mutation ($id: ID!) { approveFollower(id: $id) { id } }';
export const REMOVE = 'mutation ($id: ID!) { removeFollower(id: $id) { id } }';
export const BLOCK = 'mutation ($id: ID!) { blockUser(id: $id) { id viewerBlocks } }';
export const UNBLOCK = 'mutation ($id: ID!) { unblockUser(id: $id) { id viewerBlocks } }';
export const CREATE_FIELD =
  'mutation ($input: CreateProfileFieldInput!) { createProfileField(input: $input) { id label type choices audience position } }';

/** A world with access and this subgraph, and one tenant. */
export const startProfiles = (): Promise<TestSubgraph> => openSubgraph(profiles, { beside: [access] });

const NO_SELECTION = /\{ id [^}]*\}/;

/** Fields of a person, as the viewer reads them. */
export async function seenOf<Seen>(
  test: TestSubgraph,
  viewer: Parameters<TestSubgraph['ask']>[0],
  { id }: { id: string },
  fields: string,
): Promise<Seen> {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { ${fields} } } }`;
  const [seen] = await test.get<[Seen]>(viewer, query, { r: [{ __typename: 'User', id }] });
  return seen;
}

export interface People {
  edges: { node: { id: string } }[];
}

/** Ids of a page of people. */
export const idsIn = (page: People | null): string[] | null => page?.edges.map(({ node }) => node.id) ?? null;

export const aField = (test: TestSubgraph, owner: Person, input: object = {}): Promise<{ id: string }> =>
  test.get(owner, CREATE_FIELD.replace(NO_SELECTION, '{ id }'), {
    input: { label: 'Chapter', type: 'TEXT', ...input },
  });
