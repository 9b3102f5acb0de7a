import { anonymous } from '@polity/kernel/testing/harness';
import { seedIdentity } from '../src/seed.ts';
import {
  aPerson,
  aTenant,
  codesOf,
  type IdentityWorld,
  PASSWORD,
  type Person,
  type Place,
  SIGN_IN,
  startIdentity,
} from './harness.ts';

let world: IdentityWorld;
let place: Place;
let member: Person;
beforeAll(async () => {
  world = await startIdentity();
});
beforeEach(async () => {
  place = await aTenant(world);
  member = await aPerson(world);
});
afterAll(() => world.close());

const USERS =
  'query($query: String, $status: UserStatus, $first: Int, $after: String) { users(query: $query, status: $status, first: $first, after: $after) { edges { node { id email status } } pageInfo { hasNextPage endCursor } } }';
const SUSPEND = 'mutation($id: ID!) { suspendUser(id: $id, reason: "spam") { id status } }';
const REINSTATE = 'mutation($id: ID!) { reinstateUser(id: $id) { id status } }';
const LOG =
  'query($filter: AuditFilter, $first: Int, $after: String) { auditLog(filter: $filter, first: $first, after: $after) { edges { node { type userId actorId address data user { username } } } pageInfo { hasNextPage endCursor } } }';
interface Users {
  users: { edges: { node: { id: string; email: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}
interface Log {
  auditLog: { edges: { node: { type: string; userId: string } }[]; pageInfo: { endCursor: string } };
}

test('an administrator finds the accounts of the tenant, page by page, and no other', async () => {
  const first = await world.data<Users>(place.owner.viewer, USERS, { first: 1 });
  expect(first.users.edges.map(({ node }) => node)).toEqual([{ id: member.id, email: member.email, status: 'ACTIVE' }]);
  const rest = await world.data<Users>(place.owner.viewer, USERS, { first: 5, after: first.users.pageInfo.endCursor });
  expect(rest.users.edges.map(({ node }) => node.id)).toEqual([place.owner.id]);
  expect(rest.users.pageInfo.hasNextPage).toBe(false);
  const found = await world.data<Users>(place.owner.viewer, USERS, { query: member.username.toUpperCase() });
  expect(found.users.edges).toHaveLength(1);
  expect((await world.data<Users>(place.owner.viewer, USERS, { query: '%' })).users.edges).toEqual([]);
  expect((await world.data<Users>(place.owner.viewer, USERS, { status: 'SUSPENDED' })).users.edges).toEqual([]);
  expect(codesOf(await world.gql(member.viewer, USERS))).toEqual(['FORBIDDEN']);
  expect(codesOf(await world.gql(anonymous, USERS))).toEqual(['UNAUTHENTICATED']);
});

test('a suspended person can do nothing at once, and everything again when reinstated', async () => {
  const reply = await world.gql(place.owner.viewer, SUSPEND, { id: member.id });
  expect(reply.data).toEqual({ suspendUser: { id: member.id, status: 'SUSPENDED' } });
  expect(reply.notes?.session).toEqual({ kind: 'endAll', userId: member.id });
  expect(codesOf(await world.gql(anonymous, SIGN_IN, { email: member.email, password: PASSWORD }))).toEqual([
    'INVALID_CREDENTIALS',
  ]);
  const decision = 'query($s: ScopeInput!) { can(permission: "identity.user.read", scope: $s) { reason } }';
  const asked = await world.ask('access', member.viewer, decision, { s: { type: 'TENANT', id: place.id } });
  expect(asked.data).toEqual({ can: { reason: 'SUSPENDED' } });
  expect(codesOf(await world.gql(place.owner.viewer, SUSPEND, { id: member.id }))).toEqual(['CONFLICT']);
  expect((await world.gql(place.owner.viewer, REINSTATE, { id: member.id })).data).toEqual({
    reinstateUser: { id: member.id, status: 'ACTIVE' },
  });
  expect((await world.gql(anonymous, SIGN_IN, { email: member.email, password: PASSWORD })).errors).toBeUndefined();
  expect(codesOf(await world.gql(place.owner.viewer, REINSTATE, { id: member.id }))).toEqual(['CONFLICT']);
});

test('an account that was made elsewhere is not for this tenant to suspend', async () => {
  const guest = await (async () => {
    await aTenant(world);
    return aPerson(world);
  })();
  world.tenantId = place.id;
  await world.data(guest.viewer, 'mutation($s: String!) { joinTenant(slug: $s) { status } }', { s: place.slug });
  expect(codesOf(await world.gql(place.owner.viewer, SUSPEND, { id: guest.id }))).toEqual(['FORBIDDEN']);
});

test('who may not suspend learns nothing about who exists, and nobody suspends themselves', async () => {
  const missing = '01900000-0000-7000-8000-000000000000';
  expect(codesOf(await world.gql(member.viewer, SUSPEND, { id: place.owner.id }))).toEqual(['FORBIDDEN']);
  expect(codesOf(await world.gql(member.viewer, SUSPEND, { id: missing }))).toEqual(['FORBIDDEN']);
  expect(codesOf(await world.gql(place.owner.viewer, SUSPEND, { id: missing }))).toEqual(['NOT_FOUND']);
  expect(codesOf(await world.gql(place.owner.viewer, SUSPEND, { id: place.owner.id }))).toEqual(['CONFLICT']);
  world.clock.advance(16 * 60_000);
  expect(codesOf(await world.gql(place.owner.viewer, SUSPEND, { id: member.id }))).toEqual(['STEP_UP_REQUIRED']);
});

test('an administrator starts a reset and sees no token', async () => {
  const start = 'mutation($id: ID!) { startPasswordReset(userId: $id) }';
  expect(codesOf(await world.gql(member.viewer, start, { id: place.owner.id }))).toEqual(['FORBIDDEN']);
  expect(await world.data(place.owner.viewer, start, { id: member.id })).toEqual({ startPasswordReset: true });
  expect(world.mailedToken(member.email)).toMatch(/^polity_pr_/);
});

test('the audit log tells who did what from where, newest first, filtered and paged', async () => {
  await world.gql(anonymous, SIGN_IN, { email: member.email, password: 'not the right passphrase' });
  await world.gql(anonymous, SIGN_IN, { email: member.email, password: PASSWORD }, { address: '192.0.2.33' });
  await world.gql(place.owner.viewer, SUSPEND, { id: member.id });
  const about = { filter: { userId: member.id } };
  const all = await world.data<Log>(place.owner.viewer, LOG, about);
  const types = all.auditLog.edges.map(({ node }) => node.type);
  expect(types).toEqual([
    'user_suspended',
    'authn_login_success',
    'authn_login_fail',
    'membership_created',
    'user_activated',
    'user_created',
  ]);
  expect(all.auditLog.edges[0]!.node).toMatchObject({ actorId: place.owner.id, data: { reason: 'spam' } });
  expect(all.auditLog.edges[1]!.node).toMatchObject({ address: '192.0.2.33', actorId: null });
  const one = await world.data<Log>(place.owner.viewer, LOG, { ...about, first: 1 });
  const next = await world.data<Log>(place.owner.viewer, LOG, {
    ...about,
    first: 1,
    after: one.auditLog.pageInfo.endCursor,
  });
  expect(next.auditLog.edges[0]!.node.type).toBe('authn_login_success');
  const failures = await world.data<Log>(place.owner.viewer, LOG, { filter: { types: ['authn_login_fail'] } });
  expect(failures.auditLog.edges).toHaveLength(1);
  expect(JSON.stringify(all)).not.toContain('passphrase');
  expect(codesOf(await world.gql(member.viewer, LOG))).toEqual(['FORBIDDEN']);
});

test('the audit log cannot be changed, not even by the role that writes it', async () => {
  const em = world.subgraph('identity').runtime.em(world.tenantId);
  for (const sql of ["update audit_entry set type = 'x'", 'delete from audit_entry', 'truncate audit_entry']) {
    await expect(em.execute(sql)).rejects.toThrow(/append-only|permission denied/);
  }
});

test('the demo data is made once, with an administrator of the installation, and never in production', async () => {
  const { runtime } = world.subgraph('identity');
  const first = await seedIdentity(runtime, world.ports);
  expect(await seedIdentity(runtime, world.ports)).toEqual(first);
  world.tenantId = first.tenantId;
  for (const person of ['root', 'admin', 'alice', 'bob']) {
    expect(
      (await world.gql(anonymous, SIGN_IN, { email: `${person}@demo.test`, password: 'polity-demo-password' })).errors,
    ).toBeUndefined();
  }
  const { users } = await world.data<Users>(world.viewerOf(first.userIds.root), USERS, { query: member.email });
  expect(users.edges.map(({ node }) => node.id)).toEqual([member.id]);
  expect((await world.data<Users>(world.viewerOf(first.userIds.admin), USERS)).users.edges).toHaveLength(4);
  await expect(seedIdentity({ ...runtime, production: true }, world.ports)).rejects.toThrow('never made in production');
});
