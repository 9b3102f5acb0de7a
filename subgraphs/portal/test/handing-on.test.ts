import type { Viewer } from '@polity/kernel/request/context';
import { aCommunity, aMember, idOf, type Node } from './factories.ts';
import { type Portal, startPortal } from './harness.ts';

// Roles of communities are given by a verb of the portal, and the rule of access counts there too: nobody hands on more than they hold.
let portal: Portal;
let owner: Viewer;
let community: Node;
let promoter: Viewer;
let friend: Viewer;
beforeAll(async () => {
  portal = await startPortal();
});
beforeEach(async () => {
  owner = await portal.person('tenant.owner');
  community = await aCommunity(portal, owner);
  promoter = await aMember(portal, community, owner);
  friend = await aMember(portal, community, owner);
});
afterAll(() => portal?.world.close());

const SET_ROLE =
  'mutation ($c: ID!, $u: ID!, $r: String!) { setCommunityRole(communityId: $c, userId: $u, roleKey: $r) { roleKey } }';
const REMOVE = 'mutation ($c: ID!, $u: ID!) { removeFromCommunity(communityId: $c, userId: $u) { id } }';
const setRole = (by: Viewer, who: Viewer, r: string) =>
  portal.codeOf(by, SET_ROLE, { c: community.id, u: idOf(who), r });
const scope = () => ({ type: 'COMMUNITY', id: community.id });
const soon = () => new Date(portal.world.clock.nowMs() + 60_000).toISOString();

async function inAccess(query: string, i: object): Promise<void> {
  const { errors } = await portal.world.ask('access', owner, query, { i });
  expect(errors).toBeUndefined();
}
const allow = (permission: string) =>
  inAccess('mutation($i: PolicyOverrideInput!) { setPolicyOverride(input: $i) { id } }', {
    userId: idOf(promoter),
    permission,
    scope: scope(),
    effect: 'ALLOW',
    reason: 'helps',
  });

test('who may promote makes nobody an owner without being one, themselves least of all', async () => {
  await allow('portal.member.promote');
  expect(await setRole(promoter, friend, 'portal.owner')).toBe('FORBIDDEN');
  expect(await setRole(promoter, promoter, 'portal.owner')).toBe('FORBIDDEN');
  expect(await setRole(promoter, friend, 'portal.moderator')).toBe('FORBIDDEN');
  expect(await setRole(owner, promoter, 'portal.moderator')).toBeNull();
  expect(await setRole(promoter, friend, 'portal.moderator')).toBeNull();
  expect(await setRole(promoter, friend, 'portal.owner')).toBe('FORBIDDEN');
});

test('who may promote and remove takes no role away that they do not hold', async () => {
  await allow('portal.member.promote');
  await allow('portal.member.remove');
  const remove = (who: Viewer) => portal.codeOf(promoter, REMOVE, { c: community.id, u: idOf(who) });
  expect(await setRole(owner, friend, 'portal.owner')).toBeNull();
  expect(await setRole(promoter, friend, 'portal.member')).toBe('FORBIDDEN');
  expect(await remove(friend)).toBe('FORBIDDEN');
  expect(await setRole(owner, friend, 'portal.member')).toBeNull();
  expect(await remove(friend)).toBeNull();
});

test('who owns for a time makes no other owner for good, and takes roles as long as they hold them', async () => {
  const input = { userId: idOf(promoter), roleKey: 'portal.owner', scope: scope(), validUntil: soon() };
  await inAccess('mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }', input);
  expect(await setRole(promoter, friend, 'portal.owner')).toBe('FORBIDDEN');
  expect(await setRole(owner, friend, 'portal.owner')).toBeNull();
  expect(await setRole(promoter, friend, 'portal.member')).toBeNull();
});
