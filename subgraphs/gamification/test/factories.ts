import type { EventEnvelope } from '@polity/kernel/events/envelope';
import { uuidv7 } from '@polity/kernel/ids';
import type { Viewer } from '@polity/kernel/request/context';
import { giveRole, openSubgraph, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { access } from '../../access/src/subgraph.ts';
import { gamification } from '../src/subgraph.ts';

export const startGamification = (): Promise<TestSubgraph> => openSubgraph(gamification, { beside: [access] });

export interface Node {
  id: string;
}

export interface Scope {
  type: 'TENANT' | 'COMMUNITY' | 'TEAM';
  id: string;
}

export const CREATE = 'mutation ($input: CreateAchievementInput!) { createAchievement(input: $input) { id } }';
export const UPDATE =
  'mutation ($id: ID!, $input: UpdateAchievementInput!) { updateAchievement(id: $id, input: $input) { id } }';
export const ARCHIVE = 'mutation ($id: ID!) { archiveAchievement(id: $id) { id archivedAt } }';
export const GRANT = 'mutation ($input: GrantInput!) { grantAchievement(input: $input) { id status expiresAt } }';
export const REVOKE =
  'mutation ($id: ID!, $reason: String!) { revokeGrant(id: $id, reason: $reason) { id status reason } }';

export const tenantScope = (test: TestSubgraph): Scope => ({ type: 'TENANT', id: test.tenantId });

/** A key that nothing else has. */
export const aKey = (): string => `k-${uuidv7().slice(-12)}`;

/** Somebody who may design and issue in the tenant. */
export const anOwner = (test: TestSubgraph): Promise<Person> => test.person('tenant.owner');

export function achievementInput(test: TestSubgraph, more: object = {}): Record<string, unknown> {
  return { scope: tenantScope(test), key: aKey(), name: 'An achievement', kind: 'ACHIEVEMENT', ...more };
}

export const anAchievement = (test: TestSubgraph, owner: Viewer, more: object = {}): Promise<Node> =>
  test.get(owner, CREATE, { input: achievementInput(test, more) });

/** An achievement whose rule has looked through the past, and so takes events as they come. */
export async function aLiveRule(test: TestSubgraph, owner: Viewer, criteria: object, more: object = {}): Promise<Node> {
  const made = await anAchievement(test, owner, { criteria, ...more });
  await test.world.runJobs();
  return made;
}

export interface GrantNode extends Node {
  status: string;
  expiresAt: string | null;
}

export const grantTo = (
  test: TestSubgraph,
  issuer: Viewer,
  achievementId: string,
  userId: string,
  more: object = {},
): Promise<GrantNode> => test.get(issuer, GRANT, { input: { achievementId, userId, ...more } });

/** A community of the tenant, with an owner of its own. */
export async function aCommunity(
  test: TestSubgraph,
  open = true,
): Promise<{ scope: Scope; owner: Person; id: string }> {
  const id = uuidv7();
  const input = { type: 'COMMUNITY', id, parentId: test.tenantId, open };
  const register = 'mutation ($input: ScopeRegistrationInput!) { _registerScope(input: $input) }';
  await test.world.services(test.tenantId).call('access', register, { input });
  const owner = await test.person();
  const scope = { type: 'COMMUNITY' as const, id };
  await giveRole(test.world, owner.id, 'portal.owner', scope, test.tenantId);
  return { scope, owner, id };
}

export interface EventGiven {
  id?: string;
  type: string;
  actorId?: string | null;
  at?: Date;
  data?: Record<string, unknown>;
}

/** An event of another subgraph, as the bus brings it. */
export function anEvent(test: TestSubgraph, { id, type, actorId = null, at, data = {} }: EventGiven): EventEnvelope {
  return {
    ...{ specversion: '1.0', id: id ?? uuidv7(), source: `/polity/${type.split('.')[0]}`, type, subject: uuidv7() },
    ...{ time: (at ?? test.world.clock.now()).toISOString(), datacontenttype: 'application/json' },
    ...{ tenantid: test.tenantId, actorid: actorId, requestid: null, data },
  };
}

/** Brings these events, one after the other, and waits until all that follows has happened. */
export async function happens(test: TestSubgraph, ...events: EventGiven[]): Promise<void> {
  for (const event of events) await test.world.bus.publish(anEvent(test, event));
  await test.world.settle();
}

/** A post of somebody's, at the tenant unless said otherwise. */
export const aPost = (actorId: string, more: object = {}, at?: Date): EventGiven => ({
  type: 'portal.post.created',
  actorId,
  ...(at && { at }),
  data: { postId: uuidv7(), communityId: null, teamId: null, visibility: 'PUBLIC', ...more },
});

/** Somebody's vote in a poll. */
export const aVote = (voterId: string, pollId: string = uuidv7(), at?: Date): EventGiven => ({
  type: 'voting.vote.cast',
  actorId: voterId,
  ...(at && { at }),
  data: { pollId, anonymous: false, voterId, changed: false },
});

const OF = `query ($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }]) { ... on User {
  grants(first: 100) { edges { node { id status period reason evidence achievement { id } } } } } } }`;

export interface HeldGrant extends Node {
  status: string;
  period: string;
  reason: string | null;
  evidence: unknown;
  achievement: Node | null;
}

/** The grants of a person, as the viewer sees them. */
export async function grantsOf(test: TestSubgraph, viewer: Viewer, id: string): Promise<HeldGrant[]> {
  const [user] = await test.get<{ grants: { edges: { node: HeldGrant }[] } }[]>(viewer, OF, { id });
  return user?.grants.edges.map(({ node }) => node) ?? [];
}

/** Statuses of somebody's grants of one achievement, as they see them. */
export async function statusesOf(test: TestSubgraph, person: Person, achievementId: string): Promise<string[]> {
  const grants = await grantsOf(test, person, person.id);
  return grants.filter(({ achievement }) => achievement?.id === achievementId).map(({ status }) => status);
}
