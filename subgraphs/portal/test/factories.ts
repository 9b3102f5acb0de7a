import { uuidv7 } from '@polity/kernel/ids';
import type { Viewer } from '@polity/kernel/request/context';
import type { Portal } from './harness.ts';

export interface Node {
  id: string;
}

export const aSlug = (): string => `s-${uuidv7().slice(-12)}`;
export const idOf = (viewer: Viewer): string => viewer.id as string;

export const CREATE_COMMUNITY = 'mutation ($input: CreateCommunityInput!) { createCommunity(input: $input) { id } }';
export const JOIN =
  'mutation ($id: ID!) { joinCommunity(id: $id) { id status roleKey joinedAt user { id } community { id } } }';
export const LEAVE =
  'mutation ($id: ID!) { leaveCommunity(id: $id) { id status roleKey user { id } community { id memberCount } } }';
export const INVITE =
  'mutation ($communityId: ID!, $userId: ID!) { inviteToCommunity(communityId: $communityId, userId: $userId) { status invitedBy { id } } }';
export const ADD_TO_TEAM =
  'mutation ($teamId: ID!, $userId: ID!) { addToTeam(teamId: $teamId, userId: $userId) { id user { id } team { id } } }';
export const CREATE_TEAM =
  'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { id slug name description community { id } } }';
export const CREATE_POST =
  'mutation ($input: CreatePostInput!) { createPost(input: $input) { id title body bodyHtml visibility editedAt author { id } scope { __typename ... on Community { id } ... on Team { id } ... on Tenant { id } } } }';
export const POST = 'query ($id: ID!) { post(id: $id) { id } }';
export const COMMUNITY = 'query ($id: ID!) { community(id: $id) { id } }';

/** The mutation, asking for nothing but the id of what it makes. */
const idOnly = (mutation: string) => mutation.replace(/\(input: \$input\) \{.*/, '(input: $input) { id } }');

export const aCommunity = (portal: Portal, owner: Viewer, input: object = {}): Promise<Node> =>
  portal.get<Node>(owner, CREATE_COMMUNITY, { input: { slug: aSlug(), name: 'A community', ...input } });

export async function aMember(portal: Portal, community: Node, owner: Viewer): Promise<Viewer> {
  const viewer = await portal.person();
  await portal.get(owner, INVITE, { communityId: community.id, userId: viewer.id });
  await portal.get(viewer, JOIN, { id: community.id });
  return viewer;
}

export const aTeam = (portal: Portal, community: Node, owner: Viewer): Promise<Node> =>
  portal.get<Node>(owner, idOnly(CREATE_TEAM), { input: { communityId: community.id, slug: aSlug(), name: 'A team' } });

export async function aTeamMember(portal: Portal, community: Node, team: Node, owner: Viewer): Promise<Viewer> {
  const viewer = await aMember(portal, community, owner);
  await portal.get(owner, ADD_TO_TEAM, { teamId: team.id, userId: viewer.id });
  return viewer;
}

export const aPost = (
  portal: Portal,
  author: Viewer,
  scope: { type: string; id: string },
  input: object = {},
): Promise<Node> =>
  portal.get<Node>(author, idOnly(CREATE_POST), { input: { scope, title: 'A post', body: 'Some *text*', ...input } });
