import { anonymous } from '@polity/kernel/testing/harness';
import {
  ACTIVATE,
  aPerson,
  aTenant,
  codesOf,
  type IdentityWorld,
  PASSWORD,
  type Person,
  type Place,
  SIGN_UP,
  startIdentity,
} from './harness.ts';

// What an invitation gives is looked at when it is made and again when it is used, because both roles and their makers change.
let world: IdentityWorld;
let place: Place;
let host: Person;
let guest: Person;
let roles: Record<'host' | 'guest', string>;
beforeAll(async () => {
  world = await startIdentity();
});
beforeEach(async () => {
  await aTenant(world);
  guest = await aPerson(world);
  place = await aTenant(world);
  host = await aPerson(world);
  roles = { host: await aRole('staff.host', HOST), guest: await aRole('staff.guest', GUEST) };
  await asOwner('mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }', {
    i: { userId: host.id, roleKey: 'staff.host', scope: { type: 'TENANT', id: place.id } },
  });
});
afterAll(() => world.close());

const GUEST = ['identity.user.read'];
const MORE = ['identity.user.read', 'identity.audit.read'];
const HOST = [...GUEST, 'identity.member.invite', 'access.binding.manage'];
const UPDATE = 'mutation($id: ID!, $i: UpdateRoleInput!) { updateRole(id: $id, input: $i) { id } }';
const REMOVE = 'mutation($id: ID!) { deleteRole(id: $id) { id } }';
const JOIN = 'mutation($slug: String!, $token: String) { joinTenant(slug: $slug, invitation: $token) { status } }';

async function asOwner<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
  const reply = await world.ask('access', place.owner.viewer, query, variables);
  expect(reply.errors).toBeUndefined();
  return reply.data as Data;
}
async function aRole(key: string, permissions: string[]): Promise<string> {
  const input = { key, name: key, scopeType: 'TENANT', permissions };
  const create = 'mutation($i: CreateRoleInput!) { createRole(input: $i) { id } }';
  return (await asOwner<{ createRole: { id: string } }>(create, { i: input })).createRole.id;
}
async function invite(input: Record<string, unknown> = { roleKey: 'staff.guest' }, by = host): Promise<string> {
  const make = 'mutation($input: CreateInvitationInput!) { createInvitation(input: $input) { token } }';
  return (await world.data<{ createInvitation: { token: string } }>(by.viewer, make, { input })).createInvitation.token;
}
const join = async (token: string) => codesOf(await world.gql(guest.viewer, JOIN, { slug: place.slug, token }));
async function isUnused(): Promise<void> {
  const list = '{ invitations { edges { node { status uses } } } }';
  const { invitations } = await world.data<{ invitations: { edges: unknown[] } }>(place.owner.viewer, list);
  expect(invitations.edges).toEqual([{ node: { status: 'OPEN', uses: 0 } }]);
}

test('a role that holds more by now than its giver is not given, and the invitation is good again with the role', async () => {
  const token = await invite();
  await asOwner(UPDATE, { id: roles.guest, i: { permissions: MORE } });
  expect(await join(token)).toEqual(['INVITATION_OUTDATED']);
  await isUnused();
  await asOwner(UPDATE, { id: roles.guest, i: { permissions: GUEST } });
  expect(await join(token)).toEqual([]);
});

test('another role of the same key is judged as it is', async () => {
  const token = await invite();
  await asOwner(REMOVE, { id: roles.guest });
  expect(await join(token)).toEqual(['INVITATION_OUTDATED']);
  await aRole('staff.guest', MORE);
  expect(await join(token)).toEqual(['INVITATION_OUTDATED']);
  await isUnused();
});

test('a role that holds more is given by those who hold it too', async () => {
  const token = await invite({ roleKey: 'staff.guest' }, place.owner);
  await asOwner(UPDATE, { id: roles.guest, i: { permissions: MORE } });
  expect(await join(token)).toEqual([]);
});

test.each([
  ['invites no more', { permissions: GUEST }],
  ['holds less', { permissions: HOST.filter((code) => !GUEST.includes(code)) }],
])('an invitation ends with the right to it, where its maker %s', async (_, change) => {
  const token = await invite();
  await asOwner(UPDATE, { id: roles.host, i: change });
  expect(await join(token)).toEqual(['INVITATION_OUTDATED']);
  await isUnused();
});

test('an invitation of somebody who left brings nobody in, as a mere member neither', async () => {
  const token = await invite({});
  await world.data(host.viewer, 'mutation($id: ID!) { leaveTenant(id: $id) { id } }', { id: place.id });
  expect(await join(token)).toEqual(['INVITATION_OUTDATED']);
});

test('a sign-up with it is refused, and an activation waits until the invitation is good again', async () => {
  const token = await invite();
  const signUp = (email: string) =>
    world.gql(anonymous, SIGN_UP, { input: { email, password: PASSWORD, invitation: token } });
  const early = `early-${place.slug}@people.test`;
  expect(codesOf(await signUp(early))).toEqual([]);
  await asOwner(UPDATE, { id: roles.guest, i: { permissions: MORE } });
  expect(codesOf(await signUp(`late-${place.slug}@people.test`))).toEqual(['INVITATION_OUTDATED']);
  const activation = { token: world.mailedToken(early) };
  expect(codesOf(await world.gql(anonymous, ACTIVATE, activation))).toEqual(['INVITATION_OUTDATED']);
  await isUnused();
  await asOwner(UPDATE, { id: roles.guest, i: { permissions: GUEST } });
  // Mailed links are opened where no tenant is named, too.
  expect(codesOf(await world.gql(anonymous, ACTIVATE, activation, { tenantId: null }))).toEqual([]);
});

test('whoever holds a role for a time invites others as members, and to that role nobody', async () => {
  const until = new Date(world.clock.nowMs() + 60_000).toISOString();
  await asOwner('mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }', {
    i: { userId: host.id, roleKey: 'staff.host', scope: { type: 'TENANT', id: place.id }, validUntil: until },
  });
  const make = 'mutation($input: CreateInvitationInput!) { createInvitation(input: $input) { token } }';
  expect(codesOf(await world.gql(host.viewer, make, { input: { roleKey: 'staff.guest' } }))).toEqual(['FORBIDDEN']);
  expect(await join(await invite({}))).toEqual([]);
});

test('a role is found however many roles the tenant has', async () => {
  for (let n = 0; n < 100; n++) await aRole(`staff.n${n}`, []);
  await aRole('staff.last', GUEST);
  expect(await join(await invite({ roleKey: 'staff.last' }))).toEqual([]);
});
