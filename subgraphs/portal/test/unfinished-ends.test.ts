import { SubgraphUnavailable } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { Viewer } from '@polity/kernel/request/context';
import { aCommunity, aMember, aTeam, aTeamMember, JOIN, LEAVE, type Node } from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal?.world.close());

const REMOVE =
  'mutation ($c: ID!, $u: ID!, $ban: Boolean) { removeFromCommunity(communityId: $c, userId: $u, ban: $ban) { id } }';
const SET_ROLE =
  'mutation ($c: ID!, $u: ID!, $r: String!) { setCommunityRole(communityId: $c, userId: $u, roleKey: $r) { roleKey } }';
const TAKE_OUT = 'mutation ($t: ID!, $u: ID!) { removeFromTeam(teamId: $t, userId: $u) { id } }';
const DELETE_TEAM = 'mutation ($t: ID!) { deleteTeam(id: $t) { id } }';
const TEAM = 'query ($t: ID!) { team(id: $t) { id } }';
const STANDING = 'query ($c: ID!) { community(id: $c) { viewerMembership { status roleKey } } }';

/**
 * Access does what it is asked to, and the answer never arrives: what a kill between a revoke and its commit leaves behind. `meanwhile` runs
 * before any event has told of it.
 */
async function cutOff(
  viewer: Viewer,
  query: string,
  variables: Record<string, unknown>,
  meanwhile: () => Promise<void>,
): Promise<void> {
  await portal.world.withoutEvents(async () => {
    await withLostAnswer(viewer, query, variables);
    await meanwhile();
  });
}

async function withLostAnswer(viewer: Viewer, query: string, variables: Record<string, unknown>): Promise<void> {
  const { transport } = portal.world.platform;
  const { execute } = transport;
  transport.execute = async (name, request, info) => {
    const reply = await execute.call(transport, name, request, info);
    if (name === 'access' && request.query.startsWith('mutation')) throw new SubgraphUnavailable('access');
    return reply;
  };
  try {
    expect(await portal.codeOf(viewer, query, variables)).toBe('SUBGRAPH_UNAVAILABLE');
  } finally {
    transport.execute = execute;
  }
}

interface Held {
  roleBindings: { edges: { node: { role: { key: string; scopeType: string } } }[] };
}

/** Keys of the roles that the person holds below the tenant, in order. */
async function rolesOf(viewer: Viewer): Promise<string[]> {
  const query =
    'query ($u: ID!) { roleBindings(userId: $u, first: 100) { edges { node { role { key scopeType } } } } }';
  const { data } = await portal.world.ask('access', viewer, query, { u: viewer.id });
  const roles = (data as unknown as Held).roleBindings.edges.map(({ node }) => node.role);
  return roles
    .filter(({ scopeType }) => scopeType !== 'TENANT')
    .map(({ key, scopeType }) => `${key} ${scopeType}`)
    .sort();
}

async function membersOfCommunity() {
  const owner = await portal.person();
  const community = await aCommunity(portal, owner);
  const team = await aTeam(portal, community, owner);
  const bob = await aTeamMember(portal, community, team, owner);
  return { owner, community, team, bob };
}

const inTeam = ['portal.member COMMUNITY', 'portal.member TEAM'];
const standing = (viewer: Viewer, { id }: Node) => portal.get(viewer, STANDING, { c: id });
const active = (roleKey: string) => ({ viewerMembership: { status: 'ACTIVE', roleKey } });

describe('an end that was cut off after its revoke', () => {
  it.each([
    ['leave', false],
    ['removal', false],
    ['ban', true],
  ])('of a membership (%s) leaves it as it was, with its roles in the teams as well', async (kind, ban) => {
    const { owner, community, bob } = await membersOfCommunity();
    const [person, query, variables] =
      kind === 'leave' ? [bob, LEAVE, { id: community.id }] : [owner, REMOVE, { c: community.id, u: bob.id, ban }];
    await cutOff(person, query, variables, async () => expect(await rolesOf(bob)).toEqual([]));
    await portal.world.settle();
    expect(await standing(bob, community)).toEqual(active('portal.member'));
    expect(await rolesOf(bob)).toEqual(inTeam);
  });

  it('of a higher role leaves the higher one', async () => {
    const { owner, community } = await membersOfCommunity();
    const bob = await aMember(portal, community, owner);
    await portal.get(owner, SET_ROLE, { c: community.id, u: bob.id, r: 'portal.moderator' });
    await cutOff(owner, SET_ROLE, { c: community.id, u: bob.id, r: 'portal.member' }, async () =>
      expect(await rolesOf(bob)).toEqual(['portal.member COMMUNITY']),
    );
    await portal.world.settle();
    expect(await standing(bob, community)).toEqual(active('portal.moderator'));
    expect(await rolesOf(bob)).toEqual(['portal.moderator COMMUNITY']);
  });

  it('of a place in a team leaves the place', async () => {
    const { owner, team, bob } = await membersOfCommunity();
    await cutOff(owner, TAKE_OUT, { t: team.id, u: bob.id }, async () =>
      expect(await rolesOf(bob)).toEqual(['portal.member COMMUNITY']),
    );
    await portal.world.settle();
    expect(await rolesOf(bob)).toEqual(inTeam);
  });

  it('of a team is gone through with: nobody could do anything with a team that access has forgotten', async () => {
    const { owner, team, bob } = await membersOfCommunity();
    await cutOff(owner, DELETE_TEAM, { t: team.id }, async () =>
      expect(await portal.codeOf(owner, DELETE_TEAM, { t: team.id })).toBe('FORBIDDEN'),
    );
    await portal.world.settle();
    expect(await portal.get(owner, TEAM, { t: team.id })).toBeNull();
    expect(await rolesOf(bob)).toEqual(['portal.member COMMUNITY']);
  });

  it('gives nothing back to whoever has left by the next try, nor more than before to whoever came again', async () => {
    const { community, bob } = await membersOfCommunity();
    await cutOff(bob, LEAVE, { id: community.id }, async () =>
      expect(await portal.get(bob, LEAVE, { id: community.id })).toBeTruthy(),
    );
    await portal.world.settle();
    expect(await rolesOf(bob)).toEqual([]);
    await portal.get(bob, JOIN, { id: community.id });
    await portal.world.settle();
    expect(await rolesOf(bob)).toEqual(['portal.member COMMUNITY']);
  });
});

it('a membership of the tenant that stands after all has the roles of what hangs on it given again', async () => {
  const { community, team, bob } = await membersOfCommunity();
  const tenant = { type: 'TENANT', id: portal.tenantId };
  const unbind = 'mutation ($u: ID!, $s: ScopeInput!) { _unbindRoles(userId: $u, scope: $s, below: true) }';
  await portal.world.services(portal.tenantId).call('access', unbind, { u: bob.id, s: tenant });
  expect(await rolesOf(bob)).toEqual([]);
  await portal.world.bus.publish({
    specversion: '1.0',
    id: uuidv7(),
    source: '/polity/identity',
    type: 'identity.membership.restored',
    subject: bob.id as string,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    tenantid: portal.tenantId,
    actorid: null,
    requestid: null,
    data: { tenantId: portal.tenantId, userId: bob.id },
  });
  await portal.world.settle();
  expect(await standing(bob, community)).toEqual(active('portal.member'));
  expect([team.id, await rolesOf(bob)]).toEqual([team.id, inTeam]);
});
