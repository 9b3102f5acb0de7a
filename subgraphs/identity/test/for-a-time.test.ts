import { uuidv7 } from '@polity/kernel/ids';
import { serviceViewer } from '@polity/kernel/testing/harness';
import {
  aPerson,
  aTenant,
  codesOf,
  type IdentityWorld,
  PASSWORD,
  type Person,
  type Place,
  startIdentity,
} from './harness.ts';

// Flags and roles that were given until a moment say nothing about their holder from that moment on.
let world: IdentityWorld;
let place: Place;
let warden: Person;
beforeAll(async () => {
  world = await startIdentity();
  const first = 'mutation($u: ID!) { _setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: true, reason: "first") }';
  root = uuidv7();
  await world.ask('access', serviceViewer('test'), first, { u: root });
});
beforeEach(async () => {
  place = await aTenant(world);
  warden = await aPerson(world);
  const role = {
    key: 'staff.warden',
    name: 'Warden',
    scopeType: 'TENANT',
    permissions: ['identity.user.suspend', 'identity.member.remove'],
  };
  await inAccess(place.owner, 'mutation($i: CreateRoleInput!) { createRole(input: $i) { id } }', { i: role });
  await bind(warden, 'staff.warden');
});
afterAll(() => world.close());

let root: string;
const MINUTE = 60_000;
const SUSPEND = 'mutation($id: ID!) { suspendUser(id: $id, reason: "spam") { id } }';
const REINSTATE = 'mutation($id: ID!) { reinstateUser(id: $id) { id } }';
const REMOVE = 'mutation($u: ID!) { removeTenantMember(userId: $u) { id } }';
const soon = () => new Date(world.clock.nowMs() + MINUTE).toISOString();
const pass = () => world.clock.advance(MINUTE);

async function inAccess(who: Pick<Person, 'id'>, query: string, variables: Record<string, unknown>): Promise<void> {
  const { errors } = await world.ask('access', world.viewerOf(who.id), query, variables);
  expect(errors).toBeUndefined();
}
const bind = (who: Person, roleKey: string, validUntil?: string) =>
  inAccess(place.owner, 'mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }', {
    i: { userId: who.id, roleKey, scope: { type: 'TENANT', id: place.id }, validUntil },
  });
const administer = (who: Person) =>
  inAccess(
    { id: root },
    'mutation($u: ID!, $t: DateTime) { setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: true, reason: "x", validUntil: $t) { id } }',
    { u: who.id, t: soon() },
  );
const by = async (who: Person, query: string, variables: Record<string, unknown>) =>
  codesOf(await world.gql(world.viewerOf(who.id), query, variables));

test('whoever administered until a moment has no hold on owners afterwards', async () => {
  const second = await aPerson(world);
  await bind(second, 'tenant.owner');
  await administer(warden);
  pass();
  expect(await by(warden, REMOVE, { u: second.id })).toEqual(['FORBIDDEN']);
  expect(await by(warden, SUSPEND, { id: second.id })).toEqual(['FORBIDDEN']);
});

test('whoever owned the tenant until a moment has no hold on owners afterwards', async () => {
  const second = await aPerson(world);
  await bind(second, 'tenant.owner');
  await bind(warden, 'tenant.owner', soon());
  pass();
  expect(await by(warden, REMOVE, { u: second.id })).toEqual(['FORBIDDEN']);
});

test('whoever administered or owned until a moment is again like everybody else', async () => {
  const helper = await aPerson(world);
  await administer(helper);
  await bind(helper, 'tenant.owner', soon());
  expect(await by(warden, SUSPEND, { id: helper.id })).toEqual(['FORBIDDEN']);
  pass();
  expect(await by(warden, SUSPEND, { id: helper.id })).toEqual([]);
});

test('what somebody decided while they administered stays the decision of an administrator', async () => {
  const [helper, member] = [await aPerson(world), await aPerson(world)];
  await administer(helper);
  expect(await by(helper, SUSPEND, { id: member.id })).toEqual([]);
  pass();
  expect(await by(place.owner, REINSTATE, { id: member.id })).toEqual(['FORBIDDEN']);
});

test('an account that administers is erased with its flag, and the last of them is not erased', async () => {
  const second = await aPerson(world);
  const erase = (who: Person) => by(who, 'mutation($p: String!) { deleteAccount(password: $p) }', { p: PASSWORD });
  const administrators = () =>
    world
      .subgraph('access')
      .runtime.em(null)
      .execute("select 1 from subject_flag where subject_id = ? and flag = 'SYSTEM_ADMIN'", [second.id]);
  const flag = (userId: string, value: boolean) =>
    world.ask(
      'access',
      serviceViewer('test'),
      'mutation($u: ID!, $v: Boolean!) { _setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: $v, reason: "x") }',
      { u: userId, v: value },
    );
  await flag(second.id, true);
  await flag(root, false);
  expect(await erase(second)).toEqual(['LAST_ADMINISTRATOR']);
  expect((await world.gql(second.viewer, '{ me { id } }')).data).toEqual({ me: { id: second.id } });
  await flag(root, true);
  expect(await administrators()).toHaveLength(1);
  expect(await erase(second)).toEqual([]);
  expect(await administrators()).toEqual([]);
});

test('an administrator who must stay as an owner stays an administrator', async () => {
  const { owner } = place;
  await inAccess(
    { id: root },
    'mutation($u: ID!) { setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: true, reason: "x") { id } }',
    { u: owner.id },
  );
  const reply = await by(owner, 'mutation($p: String!) { deleteAccount(password: $p) }', { p: PASSWORD });
  expect(reply).toEqual(['LAST_OWNER']);
  const { data } = await world.ask(
    'access',
    world.viewerOf(owner.id),
    `{ can(permission: "access.flag.manage", scope: { type: TENANT, id: "${place.id}" }) { reason } }`,
  );
  expect(data).toEqual({ can: { reason: 'SYSTEM_ADMIN' } });
});
