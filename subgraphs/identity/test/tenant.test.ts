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
const UPDATE =
  'mutation($id: ID!, $input: UpdateTenantInput!) { updateTenant(id: $id, input: $input) { slug name signUpPolicy } }';
const JOIN = 'mutation($slug: String!) { joinTenant(slug: $slug) { status tenant { slug } user { id } } }';
const LEAVE = 'mutation($id: ID!) { leaveTenant(id: $id) }';
const REMOVE = 'mutation($tenantId: ID!, $userId: ID!) { removeTenantMember(tenantId: $tenantId, userId: $userId) }';
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

test('an owner changes the tenant, a member does not, and a foreign tenant is like a missing one', async () => {
  const input = { name: 'Renamed', signUpPolicy: 'CLOSED' };
  expect(codesOf(await world.gql(member.viewer, UPDATE, { id: place.id, input }))).toEqual(['FORBIDDEN']);
  const { updateTenant } = await world.data<{ updateTenant: unknown }>(place.owner.viewer, UPDATE, {
    id: place.id,
    input,
  });
  expect(updateTenant).toEqual({ slug: place.slug, ...input });
  const other = await aTenant(world);
  const foreign = await world.gql(other.owner.viewer, UPDATE, { id: place.id, input });
  const missing = await world.gql(other.owner.viewer, UPDATE, { id: '01900000-0000-7000-8000-000000000000', input });
  expect(codesOf(foreign)).toEqual(['NOT_FOUND']);
  expect(foreign.errors?.[0]?.message).toBe(missing.errors?.[0]?.message);
  expect(codesOf(await world.gql(other.owner.viewer, UPDATE, { id: other.id, input: { slug: place.slug } }))).toEqual([
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
  expect(await world.data(member.viewer, LEAVE, { id: place.id })).toEqual({ leaveTenant: true });
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
  expect(codesOf(await world.gql(member.viewer, REMOVE, { tenantId: place.id, userId: place.owner.id }))).toEqual([
    'FORBIDDEN',
  ]);
  expect(await world.data(place.owner.viewer, REMOVE, { tenantId: place.id, userId: member.id })).toEqual({
    removeTenantMember: true,
  });
  await world.settle();
  expect(events).toContainEqual({ userId: member.id, tenantId: place.id, reason: 'removed' });
  expect(codesOf(await world.gql(place.owner.viewer, REMOVE, { tenantId: place.id, userId: member.id }))).toEqual([
    'NOT_FOUND',
  ]);
  expect(codesOf(await world.gql(place.owner.viewer, REMOVE, { tenantId: place.id, userId: place.owner.id }))).toEqual([
    'CONFLICT',
  ]);
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
