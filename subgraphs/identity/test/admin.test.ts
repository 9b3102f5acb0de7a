import { anonymous } from '@polity/kernel/testing/harness';
import { seedIdentity } from '../src/seed.ts';
import {
  ACTIVATE,
  aPerson,
  aTenant,
  codesOf,
  type IdentityWorld,
  PASSWORD,
  type Person,
  type Place,
  SIGN_IN,
  SIGN_UP,
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

test('the list of a tenant does not tell its owner which addresses have an account elsewhere', async () => {
  const { owner } = await aTenant(world);
  const listedAfterSignUp = async (email: string) => {
    await world.data(anonymous, SIGN_UP, { input: { email, password: PASSWORD } });
    const all = await world.data<Users>(owner.viewer, USERS);
    const waiting = await world.data<Users>(owner.viewer, USERS, { status: 'PENDING' });
    const found = await world.data<Users>(owner.viewer, USERS, { query: email });
    return [all, waiting, found].map(({ users }) => users.edges.map(({ node }) => node.id));
  };
  const unknown = `unknown-${place.slug}@people.test`;
  expect(await listedAfterSignUp(unknown)).toEqual([[owner.id], [], []]);
  expect(await listedAfterSignUp(member.email)).toEqual([[owner.id], [], []]);

  const { userIds } = await seedIdentity(world.subgraph('identity').runtime, world.ports);
  const forAll = await world.data<Users>(world.viewerOf(userIds.root), USERS, { query: unknown, status: 'PENDING' });
  expect(forAll.users.edges.map(({ node }) => node.email)).toEqual([unknown]);
  await world.data(anonymous, ACTIVATE, { token: world.mailedToken(unknown) });
  const proved = await world.data<Users>(owner.viewer, USERS, { query: unknown });
  expect(proved.users.edges.map(({ node }) => node.email)).toEqual([unknown]);
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

test('of twenty who suspend one person at once, one does', async () => {
  const tries = Array.from({ length: 20 }, () => world.gql(place.owner.viewer, SUSPEND, { id: member.id }));
  const codes = (await Promise.all(tries)).map((reply) => codesOf(reply)[0] ?? 'done');
  expect([...codes].sort()).toEqual([...Array(19).fill('CONFLICT'), 'done']);
  expect(await world.data(place.owner.viewer, REINSTATE, { id: member.id })).toMatchObject({
    reinstateUser: { status: 'ACTIVE' },
  });
});

test('a suspension by an administrator of the installation is not for a tenant to end', async () => {
  const { runtime } = world.subgraph('identity');
  const { userIds, tenantId } = await seedIdentity(runtime, world.ports);
  world.tenantId = tenantId;
  const [root, admin] = [world.viewerOf(userIds.root), world.viewerOf(userIds.admin)];
  await world.data(admin, SUSPEND, { id: userIds.bob });
  await world.data(admin, REINSTATE, { id: userIds.bob });
  await world.data(root, SUSPEND, { id: userIds.bob });
  expect(codesOf(await world.gql(admin, REINSTATE, { id: userIds.bob }))).toEqual(['FORBIDDEN']);
  expect(await world.data(root, REINSTATE, { id: userIds.bob })).toMatchObject({ reinstateUser: { status: 'ACTIVE' } });
});

test('owners answer to owners: whoever was given a part of their rights has no hold on them', async () => {
  const role = {
    key: 'staff.warden',
    name: 'Warden',
    scopeType: 'TENANT',
    permissions: ['identity.user.suspend', 'identity.user.resetMfa', 'identity.member.remove', 'identity.user.read'],
  };
  const scope = { type: 'TENANT', id: place.id };
  const asOwner = (query: string, i: object) => world.ask('access', place.owner.viewer, query, { i });
  await asOwner('mutation($i: CreateRoleInput!) { createRole(input: $i) { id } }', role);
  await asOwner('mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }', {
    userId: member.id,
    roleKey: role.key,
    scope,
  });
  const second = await aPerson(world);
  const bind = 'mutation($i: ServiceBindInput!) { _bindRole(input: $i) }';
  await world.services(place.id).call('access', bind, { i: { userId: second.id, roleKey: 'tenant.owner', scope } });
  const remove = 'mutation($u: ID!) { removeTenantMember(userId: $u) { user { id } } }';
  expect(codesOf(await world.gql(member.viewer, SUSPEND, { id: second.id }))).toEqual(['FORBIDDEN']);
  expect(codesOf(await world.gql(member.viewer, remove, { u: second.id }))).toEqual(['FORBIDDEN']);
  const plain = await aPerson(world);
  expect(await world.data(member.viewer, remove, { u: plain.id })).toEqual({
    removeTenantMember: { user: { id: plain.id } },
  });
  expect(await world.data(place.owner.viewer, remove, { u: second.id })).toEqual({
    removeTenantMember: { user: { id: second.id } },
  });
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
  for (const sql of ["update audit_entry set type = 'x'", 'truncate audit_entry']) {
    await expect(em.execute(sql)).rejects.toThrow(/append-only|permission denied/);
  }
  const count = async () => (await em.execute<{ n: number }[]>('select count(*)::int as n from audit_entry'))[0]?.n;
  const before = await count();
  await em.execute('delete from audit_entry');
  expect(await count()).toBe(before);
  expect(before).toBeGreaterThan(0);
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

describe('resetMfa', () => {
  const RESET = 'mutation($id: ID!, $reason: String = "lost the phone") { resetMfa(id: $id, reason: $reason) { id } }';

  test('an administrator takes the app of somebody who lost it, and their sessions end', async () => {
    const em = world.subgraph('identity').runtime.em(null);
    const insert =
      'insert into totp_factor (id, created_at, user_id, sealed_secret, confirmed_at) values (?, now(), ?, ?, now())';
    await em.execute(insert, [member.id, member.id, world.ports.secrets.seal('GEZDGNBVGY3TQOJQ', 'elsewhere')]);
    expect(await world.gql(anonymous, SIGN_IN, { email: member.email, password: PASSWORD })).toMatchObject({
      data: { signIn: { __typename: 'MfaRequired' } },
    });
    expect(codesOf(await world.gql(member.viewer, RESET, { id: place.owner.id }))).toEqual(['FORBIDDEN']);
    const reply = await world.gql(place.owner.viewer, RESET, { id: member.id });
    expect(reply.notes?.session).toEqual({ kind: 'endAll', userId: member.id });
    expect(world.mails(member.email)[0]!.text).toContain('An administrator removed');
    expect(await world.gql(anonymous, SIGN_IN, { email: member.email, password: PASSWORD })).toMatchObject({
      data: { signIn: { __typename: 'SignedIn' } },
    });
    expect(codesOf(await world.gql(place.owner.viewer, RESET, { id: member.id }))).toEqual(['CONFLICT']);
    expect(codesOf(await world.gql(place.owner.viewer, RESET, { id: member.id, reason: ' ' }))).toEqual([
      'VALIDATION_ERROR',
    ]);
  });
});

describe('impersonation', () => {
  const IMPERSONATE = 'mutation($id: ID!) { impersonate(id: $id, reason: "ticket 7") { user { id } } }';

  test('it is for whoever was given it by name, never fresh, told to the person, and named in the log', async () => {
    expect(codesOf(await world.gql(place.owner.viewer, IMPERSONATE, { id: member.id }))).toEqual(['FORBIDDEN']);
    const { runtime } = world.subgraph('identity');
    const { userIds, tenantId } = await seedIdentity(runtime, world.ports);
    world.tenantId = tenantId;
    const root = world.viewerOf(userIds.root);
    const reply = await world.gql(root, IMPERSONATE, { id: userIds.bob });
    expect(reply.notes?.session).toEqual({
      kind: 'start',
      userId: userIds.bob,
      amr: [`act:${userIds.root}`],
      acr: 'aal1',
      authTime: 0,
    });
    expect(world.mails('bob@demo.test')[0]!.text).toContain('ticket 7');
    const acting = world.viewerOf(userIds.bob, { amr: [`act:${userIds.root}`], authTime: 0 });
    await world.data(acting, 'mutation { updateAccount(input: { displayName: "Bob" }) { id } }');
    expect(codesOf(await world.gql(acting, 'mutation { changeEmail(newEmail: "x@people.test") }'))).toEqual([
      'STEP_UP_REQUIRED',
    ]);
    const log = await world.data<{ auditLog: { edges: { node: { type: string; data: unknown } }[] } }>(root, LOG, {
      filter: { userId: userIds.bob },
    });
    expect(log.auditLog.edges.slice(0, 2).map(({ node }) => [node.type, node.data])).toEqual([
      ['user_updated', { impersonatorId: userIds.root }],
      ['user_impersonated', { reason: 'ticket 7' }],
    ]);
  });

  test('nobody below may suspend, reset or act as an administrator of the installation', async () => {
    const { runtime } = world.subgraph('identity');
    const { userIds, tenantId } = await seedIdentity(runtime, world.ports);
    world.tenantId = tenantId;
    const admin = world.viewerOf(userIds.admin);
    expect(codesOf(await world.gql(admin, SUSPEND, { id: userIds.root }))).toEqual(['FORBIDDEN']);
    expect(codesOf(await world.gql(world.viewerOf(userIds.root), IMPERSONATE, { id: userIds.root }))).toEqual([
      'CONFLICT',
    ]);
  });
});

test('the audit log is exported as lines, and odd filters find nothing', async () => {
  const EXPORT = 'query($filter: AuditFilter) { auditExport(filter: $filter) { ndjson endCursor hasNextPage } }';
  interface Exported {
    auditExport: { ndjson: string; endCursor: string | null; hasNextPage: boolean };
  }
  const { auditExport } = await world.data<Exported>(place.owner.viewer, EXPORT);
  const lines = auditExport.ndjson
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; tenantId: string });
  expect(lines.map(({ type }) => type)).toEqual([
    'membership_created',
    'user_activated',
    'authn_token_created',
    'membership_created',
    'tenant_created',
  ]);
  expect(new Set(lines.map(({ tenantId }) => tenantId))).toEqual(new Set([place.id]));
  expect(auditExport.hasNextPage).toBe(false);
  for (const filter of [{ userId: 'no id' }, { actorId: 'a\u0000b' }, { types: ['\u0000'] }]) {
    expect((await world.data<Exported>(place.owner.viewer, EXPORT, { filter })).auditExport).toEqual({
      ndjson: '',
      endCursor: null,
      hasNextPage: false,
    });
  }
  expect(codesOf(await world.gql(member.viewer, EXPORT))).toEqual(['FORBIDDEN']);
});

const removeOld = () => world.subgraph('identity').jobs?.runNow('retention');

test('accounts that nobody activated within a week are removed, with what is over', async () => {
  const em = world.subgraph('identity').runtime.em(place.id);
  for (const email of ['never@people.test', 'later@people.test']) {
    await world.data(anonymous, 'mutation($input: SignUpInput!) { signUp(input: $input) { email } }', {
      input: { email, password: PASSWORD },
    });
  }
  await em.execute(`update token set expires_at = now() - interval '2 days'
    where user_id in (select id from user_account where email = 'never@people.test')`);
  await em.execute(`update user_account set created_at = now() - interval '8 days' where email = 'never@people.test'`);
  const removed = await removeOld();
  expect(removed).toMatchObject({ 'pending accounts': 1, 'audit entries': 0 });
  const left = await em.execute(
    "select email from user_account where email in ('never@people.test', 'later@people.test')",
  );
  expect(left).toEqual([{ email: 'later@people.test' }]);
});

test('the audit log is kept for its days, and a month of it whatever is asked', async () => {
  const em = world.subgraph('identity').runtime.em(place.id);
  const add = (days: number) =>
    em.execute(
      `insert into audit_entry (id, created_at, tenant_id, type, actor_kind, request_id, data)
       values (gen_random_uuid(), now() - make_interval(days => ?::int), ?::uuid, 'old', 'user', 'r', '{}')`,
      [days, place.id],
    );
  for (const days of [731, 729, 40, 20]) await add(days);
  expect(await removeOld()).toMatchObject({ 'audit entries': 1 });
  const count = async () =>
    (await em.execute<{ n: number }[]>("select count(*)::int as n from audit_entry where type = 'old'"))[0]?.n;
  expect(await count()).toBe(3);
  await em.execute(`select remove_old_audit(now() + interval '1 year', 1000)`);
  expect(await count()).toBe(1);
});

test('invitations go months after their end, with who came in by them', async () => {
  const em = world.subgraph('identity').runtime.em(place.id);
  const add = async (days: number) => {
    const [{ id }] = await em.execute<[{ id: string }]>(
      `insert into invitation (id, created_at, tenant_id, token_hash, max_uses, uses, expires_at, role_key)
       values (gen_random_uuid(), now(), ?::uuid, gen_random_uuid()::text, 1, 1, now() - make_interval(days => ?::int), 'identity.member')
       returning id`,
      [place.id, days],
    );
    const [{ id: userId }] = await em.execute<[{ id: string }]>('select id from user_account limit 1');
    await em.execute(
      `insert into invitation_use (id, created_at, tenant_id, invitation_id, user_id) values (gen_random_uuid(), now(), ?::uuid, ?, ?)`,
      [place.id, id, userId],
    );
    return id;
  };
  const [old, recent] = [await add(91), await add(89)];
  expect(await removeOld()).toMatchObject({ invitations: 1 });
  const uses = await em.execute('select invitation_id as id from invitation_use where invitation_id in (?, ?)', [
    old,
    recent,
  ]);
  expect(uses).toEqual([{ id: recent }]);
});
