import { anonymous } from '@polity/kernel/testing/harness';
import {
  aPerson,
  aTenant,
  codesOf,
  fieldsOf,
  type IdentityWorld,
  type Person,
  type Place,
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

const CREATE = 'mutation($input: CreateTenantInput!) { createTenant(input: $input) { id slug name signUpPolicy } }';
const UPDATE = 'mutation($input: UpdateTenantInput!) { updateTenant(input: $input) { slug name signUpPolicy } }';
const JOIN = 'mutation($slug: String!) { joinTenant(slug: $slug) { status tenant { slug } user { id } } }';
const LEAVE = 'mutation($id: ID!) { leaveTenant(id: $id) { id status tenant { id } user { id email } } }';
const REMOVE =
  'mutation($userId: ID!) { removeTenantMember(userId: $userId) { id status tenant { id } user { id username email } } }';
const can = async (person: Person, permission: string) =>
  (
    await world.ask(
      'access',
      person.viewer,
      'query($p: String!, $s: ScopeInput!) { can(permission: $p, scope: $s) { allowed } }',
      { p: permission, s: { type: 'TENANT', id: place.id } },
    )
  ).data;

test('the creator is member and owner, and may at once do what an owner may', async () => {
  expect(await can(place.owner, 'identity.tenant.update')).toEqual({ can: { allowed: true } });
  expect(await can(member, 'identity.tenant.update')).toEqual({ can: { allowed: false } });
  const { tenant } = await world.data<{ tenant: { members: { edges: { node: { user: { id: string } } }[] } } }>(
    member.viewer,
    '{ tenant { members { edges { node { user { id } } } } } }',
  );
  expect(tenant.members.edges.map(({ node }) => node.user.id)).toEqual([place.owner.id, member.id]);
});

test.each([
  ['a', 'slug'],
  ['www', 'slug'],
  ['acme--inc', 'slug'],
  ['-acme', 'slug'],
  ['ac me', 'slug'],
  ['xn--a', 'slug'],
])('the slug %s is refused', async (slug, field) => {
  const reply = await world.gql(member.viewer, CREATE, { input: { slug, name: 'Acme' } });
  expect(codesOf(reply)).toEqual(['VALIDATION_ERROR']);
  expect(fieldsOf(reply)).toEqual([field]);
});

test('twenty creates of one slug at once make one tenant', async () => {
  const slug = `race-${place.slug}`;
  const people = [member, await aPerson(world)];
  const codes = (
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => world.gql(people[n % 2]!.viewer, CREATE, { input: { slug, name: 'Race' } })),
    )
  ).flatMap(codesOf);
  expect(codes).toEqual(Array(19).fill('ALREADY_EXISTS'));
});

test('nobody creates a tenant without an account', async () => {
  expect(codesOf(await world.gql(anonymous, CREATE, { input: { slug: 'nobodys', name: 'Nobody' } }))).toEqual([
    'UNAUTHENTICATED',
  ]);
});

test('an owner changes the tenant of the request; a member and the owner of another do not', async () => {
  const input = { name: 'Renamed', signUpPolicy: 'CLOSED' };
  expect(codesOf(await world.gql(member.viewer, UPDATE, { input }))).toEqual(['FORBIDDEN']);
  const { updateTenant } = await world.data<{ updateTenant: unknown }>(place.owner.viewer, UPDATE, { input });
  expect(updateTenant).toEqual({ slug: place.slug, ...input });
  const other = await aTenant(world);
  expect(codesOf(await world.gql(place.owner.viewer, UPDATE, { input }))).toEqual(['FORBIDDEN']);
  expect(codesOf(await world.gql(other.owner.viewer, UPDATE, { input: { slug: place.slug } }))).toEqual([
    'ALREADY_EXISTS',
  ]);
});

test('twenty joins at once make one membership, with the role of a member', async () => {
  const stranger = await (async () => {
    await aTenant(world);
    return aPerson(world);
  })();
  world.tenantId = place.id;
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => world.gql(stranger.viewer, JOIN, { slug: place.slug })),
  );
  expect(replies.flatMap(codesOf)).toEqual(Array(19).fill('ALREADY_EXISTS'));
  expect(replies.find(({ errors }) => !errors)?.data).toEqual({
    joinTenant: { status: 'ACTIVE', tenant: { slug: place.slug }, user: { id: stranger.id } },
  });
  const roles = await world.ask(
    'access',
    stranger.viewer,
    'query($id: ID!) { roleBindings(userId: $id) { edges { node { role { key } } } } }',
    { id: stranger.id },
  );
  expect(roles.data).toEqual({ roleBindings: { edges: [{ node: { role: { key: 'tenant.member' } } }] } });
});

test.each(['INVITATION', 'CLOSED'])('nobody joins a tenant whose policy is %s', async (policy) => {
  const closed = await aTenant(world, policy);
  expect(codesOf(await world.gql(member.viewer, JOIN, { slug: closed.slug }))).toEqual(['FORBIDDEN']);
  expect(codesOf(await world.gql(member.viewer, JOIN, { slug: 'no-such-tenant' }))).toEqual(['NOT_FOUND']);
});

test('a member leaves and loses every role; the only owner stays', async () => {
  expect(await world.data(member.viewer, LEAVE, { id: place.id })).toEqual({
    leaveTenant: {
      id: expect.any(String),
      status: 'ACTIVE',
      tenant: { id: place.id },
      user: { id: member.id, email: member.email },
    },
  });
  const roles = await world.ask(
    'access',
    member.viewer,
    'query($id: ID!) { roleBindings(userId: $id) { edges { node { id } } } }',
    { id: member.id },
  );
  expect(roles.data).toEqual({ roleBindings: { edges: [] } });
  expect(codesOf(await world.gql(member.viewer, LEAVE, { id: place.id }))).toEqual(['NOT_FOUND']);
  expect(codesOf(await world.gql(place.owner.viewer, LEAVE, { id: place.id }))).toEqual(['LAST_OWNER']);
});

test('an owner removes a member, and their sessions in the tenant are told to end', async () => {
  const events: unknown[] = [];
  await world.bus.subscribe({
    name: 'test',
    types: ['identity.sessions.ended'],
    handle: async (event: { data: unknown }) => {
      events.push(event.data);
    },
  } as never);
  expect(codesOf(await world.gql(member.viewer, REMOVE, { userId: place.owner.id }))).toEqual(['FORBIDDEN']);
  expect(await world.data(place.owner.viewer, REMOVE, { userId: member.id })).toMatchObject({
    removeTenantMember: {
      status: 'ACTIVE',
      tenant: { id: place.id },
      user: { id: member.id, email: member.email },
    },
  });
  await world.settle();
  expect(events).toContainEqual({ userId: member.id, tenantId: place.id, reason: 'removed' });
  expect(codesOf(await world.gql(place.owner.viewer, REMOVE, { userId: member.id }))).toEqual(['NOT_FOUND']);
  expect(codesOf(await world.gql(place.owner.viewer, REMOVE, { userId: place.owner.id }))).toEqual(['CONFLICT']);
});

test('the tenant of the request is answered without a slug, another by its slug, a missing one with null', async () => {
  const other = place;
  await aTenant(world);
  const query =
    'query($slug: String) { own: tenant { id } other: tenant(slug: $slug) { slug name members { edges { cursor } } } none: tenant(slug: "no such \\u0000") { id } }';
  expect(await world.data(anonymous, query, { slug: other.slug.toUpperCase() })).toEqual({
    own: { id: world.tenantId },
    other: { slug: other.slug, name: `Tenant ${other.slug}`, members: null },
    none: null,
  });
});
