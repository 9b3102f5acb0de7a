import type { Viewer } from '@polity/kernel/request/context';
import { anonymous, serviceViewer } from '@polity/kernel/testing/harness';
import { aPerson, aTenant, type IdentityWorld, type Person, type Place, startIdentity } from './harness.ts';

let world: IdentityWorld;
let place: Place;
let people: Person[];
beforeAll(async () => {
  world = await startIdentity();
  place = await aTenant(world);
  people = [await aPerson(world), await aPerson(world), await aPerson(world)];
});
beforeEach(() => {
  world.tenantId = place.id;
});
afterAll(() => world.close());

const ENTITIES =
  'query($r: [_Any!]!) { _entities(representations: $r) { ... on User { id username email status tenantMemberships { status } } ... on Tenant { id slug } } }';
const users = () => people.map(({ id }) => ({ __typename: 'User', id }));
const ask = async (viewer: Viewer, representations: unknown[]) =>
  (await world.data<{ _entities: unknown[] }>(viewer, ENTITIES, { r: representations }))._entities;
const shown = ({ id, username, email }: Person, sees: 'public' | 'administrator' | 'self') => ({
  id,
  username,
  email: sees === 'public' ? null : email,
  status: sees === 'public' ? null : 'ACTIVE',
  tenantMemberships: sees === 'self' ? [{ status: 'ACTIVE' }] : null,
});

test('members of the tenant are shown to whoever reaches it, with what is private for the right ones only', async () => {
  const [me, ...others] = people as [Person, ...Person[]];
  expect(await ask(me.viewer, users())).toEqual([
    shown(me, 'self'),
    ...others.map((person) => shown(person, 'public')),
  ]);
  expect(await ask(place.owner.viewer, users())).toEqual(people.map((person) => shown(person, 'administrator')));
  expect(await ask(anonymous, users())).toEqual(people.map((person) => shown(person, 'public')));
});

test('in another tenant they are like people who do not exist', async () => {
  const other = await aTenant(world);
  const missing = { __typename: 'User', id: '01900000-0000-7000-8000-000000000000' };
  for (const viewer of [anonymous, other.owner.viewer]) {
    expect(await ask(viewer, [...users(), missing, { __typename: 'User', id: 'not a uuid' }])).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  }
  const self = people[0]!;
  expect(await ask(self.viewer, users())).toEqual([shown(self, 'self'), null, null]);
});

test('a tenant is shown where it is the tenant of the request, and to its members', async () => {
  const reference = [{ __typename: 'Tenant', id: place.id }];
  expect(await ask(anonymous, reference)).toEqual([{ id: place.id, slug: place.slug }]);
  const other = await aTenant(world);
  expect(await ask(other.owner.viewer, reference)).toEqual([null]);
  expect(await ask(people[0]!.viewer, reference)).toEqual([{ id: place.id, slug: place.slug }]);
});

test('many references cost one statement', async () => {
  const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on User { username } } }';
  const representations = [...users(), ...users(), ...users()];
  const { counts } = await world.count(() => world.data(people[0]!.viewer, query, { r: representations }));
  expect(counts.statements.identity).toHaveLength(1);
  expect(counts.transactions.identity).toBe(1);
});

test('services see everyone, and know who is a member of which tenant', async () => {
  await aTenant(world);
  expect(await ask(serviceViewer('portal'), users())).toMatchObject(people.map(({ id }) => ({ id })));
  const query = 'query($id: ID!, $slug: String) { _isTenantMember(userId: $id) _tenant(slug: $slug) { id } }';
  const variables = { id: people[0]!.id, slug: place.slug };
  expect(await world.data(serviceViewer('gateway'), query, variables)).toEqual({
    _isTenantMember: false,
    _tenant: { id: place.id },
  });
  expect(await world.data(serviceViewer('gateway'), query, variables, { tenantId: place.id })).toMatchObject({
    _isTenantMember: true,
  });
});
