import { uuidv7 } from '@polity/kernel/ids';
import type { Viewer } from '@polity/kernel/request/context';
import { openSubgraph, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { access } from '../../access/src/subgraph.ts';
import { events } from '../../events/src/subgraph.ts';
import { portal } from '../../portal/src/subgraph.ts';
import { profiles } from '../../profiles/src/subgraph.ts';
import { voting } from '../../voting/src/subgraph.ts';
import { activity } from '../src/subgraph.ts';

/** The feed beside all whose things it tells of, and one tenant. */
export const startActivity = (): Promise<TestSubgraph> =>
  openSubgraph(activity, { beside: [access, portal, voting, events, profiles] });

export interface Node {
  id: string;
}

export interface Scope {
  type: 'TENANT' | 'COMMUNITY' | 'TEAM';
  id: string;
}

// Many at once may take their time on a machine that does other work.
const patient = () => ({ deadline: Date.now() + 60_000 });

/** The first field of what another subgraph answers. Throws with its errors. */
export async function from<T = Node>(
  test: TestSubgraph,
  subgraph: string,
  viewer: Viewer,
  query: string,
  variables: object = {},
): Promise<T> {
  const { data, errors } = await test.world.ask(subgraph, viewer, query, { ...variables }, patient());
  if (errors?.length) throw new Error(`${query}: ${JSON.stringify(errors)}`);
  return Object.values(data as Record<string, T>)[0] as T;
}

const COMMUNITY = 'mutation ($input: CreateCommunityInput!) { createCommunity(input: $input) { id } }';
const TEAM = 'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { id } }';
const ADD = 'mutation ($teamId: ID!, $userId: ID!) { addToTeam(teamId: $teamId, userId: $userId) { id } }';
const JOIN = 'mutation ($id: ID!) { joinCommunity(id: $id) { id } }';
const INVITE = 'mutation ($id: ID!, $userId: ID!) { inviteToCommunity(communityId: $id, userId: $userId) { id } }';
const POST = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { id } }';
const POLL = 'mutation ($input: CreatePollInput!) { createPoll(input: $input) { id } }';
const OPEN = 'mutation ($id: ID!) { openPoll(id: $id) { id } }';
const EVENT = 'mutation ($input: CreateEventInput!) { createEvent(input: $input) { id } }';

export const tenantScope = (test: TestSubgraph): Scope => ({ type: 'TENANT', id: test.tenantId });

export async function aCommunity(test: TestSubgraph, owner: Person, input: object = {}): Promise<Scope> {
  const slug = `s-${uuidv7().slice(-12)}`;
  const given = { slug, name: 'A community', joinPolicy: 'OPEN', visibility: 'PUBLIC', ...input };
  const { id } = await from(test, 'portal', owner, COMMUNITY, { input: given });
  return { type: 'COMMUNITY', id };
}

/** Somebody who joined the community, invited by its owner. */
export async function aMember(test: TestSubgraph, { id }: Scope, owner: Person): Promise<Person> {
  const person = await test.person();
  await from(test, 'portal', owner, INVITE, { id, userId: person.id });
  await from(test, 'portal', person, JOIN, { id });
  return person;
}

export async function aTeam(test: TestSubgraph, { id: communityId }: Scope, owner: Person): Promise<Scope> {
  const input = { communityId, slug: `s-${uuidv7().slice(-12)}`, name: 'A team' };
  const { id } = await from(test, 'portal', owner, TEAM, { input });
  return { type: 'TEAM', id };
}

export const addToTeam = (test: TestSubgraph, owner: Person, team: Scope, { id: userId }: Person) =>
  from(test, 'portal', owner, ADD, { teamId: team.id, userId });

/** A post, for members unless chosen otherwise. */
export const aPost = (test: TestSubgraph, author: Person, scope: Scope, input: object = {}): Promise<Node> =>
  from(test, 'portal', author, POST, { input: { scope, title: 'A post', body: 'Some text', ...input } });

/** A poll that is open. */
export async function anOpenPoll(test: TestSubgraph, author: Person, scope: Scope): Promise<Node> {
  const options = [{ title: 'Yes' }, { title: 'No' }];
  const poll = await from(test, 'voting', author, POLL, {
    input: { scope, title: 'A poll', method: 'PLURALITY', options },
  });
  await from(test, 'voting', author, OPEN, { id: poll.id });
  return poll;
}

export const anEvent = (test: TestSubgraph, author: Person, scope: Scope, input: object = {}): Promise<Node> =>
  from(test, 'events', author, EVENT, {
    input: {
      scope,
      title: 'An event',
      startsAt: '2027-01-04T17:00:00.000Z',
      endsAt: '2027-01-04T19:00:00.000Z',
      timeZone: 'Europe/Berlin',
      ...input,
    },
  });

/** An entry as tests look at it. */
export interface Entry {
  id: string;
  type: string;
  summary: string;
  groupSize: number;
  actor: Node | null;
  object: Node | null;
}

const FEED = `query ($scope: ScopeInput, $types: [String!], $grouped: Boolean, $first: Int, $after: String) {
  feed(scope: $scope, types: $types, grouped: $grouped, first: $first, after: $after) {
    edges { cursor node { id type summary groupSize actor { id } object { ... on Post { id } ... on Poll { id } ... on Event { id } ... on Community { id } } } }
  } }`;

/** What the viewer reads of a feed, once every event has been taken. */
export async function feedOf(test: TestSubgraph, viewer: Viewer, variables: object = {}): Promise<Entry[]> {
  await test.world.settle();
  const { edges } = await test.get<{ edges: { node: Entry }[] }>(viewer, FEED, { ...variables });
  return edges.map(({ node }) => node);
}

export const typesOf = (entries: readonly Entry[]): string[] => entries.map(({ type }) => type);
