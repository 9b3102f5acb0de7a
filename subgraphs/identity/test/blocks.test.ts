import { aPerson, aTenant, type IdentityWorld, type Person, type Place, startIdentity } from './harness.ts';

const SET = 'mutation ($a: ID!, $b: ID!) { _setBlock(blockerId: $a, blockedId: $b, blocked: true) }';
const ONE = 'query ($id: ID!) { user(id: $id) { id } }';
const REFERENCE = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { id } } }';
const MEMBERS = '{ tenant { members(first: 100) { edges { node { user { id } } } } } }';
const USERS = '{ users(first: 100) { edges { node { id } } } }';

let world: IdentityWorld;
let place: Place;
let [alice, bob, carol]: Person[] = [];
beforeAll(async () => {
  world = await startIdentity();
  place = await aTenant(world);
  [alice, bob, carol] = [await aPerson(world), await aPerson(world), await aPerson(world)];
  await block(alice as Person, bob as Person);
});
afterAll(() => world?.close());

const block = (a: Person, b: Person) => world.services(place.id).call('access', SET, { a: a.id, b: b.id });

/** Whether a viewer finds somebody by id, by reference, and among the members. */
async function finds({ viewer }: Person, { id }: Person): Promise<boolean[]> {
  const one = await world.data<{ user: object | null }>(viewer, ONE, { id });
  const reference = await world.data<{ _entities: unknown[] }>(viewer, REFERENCE, { r: [{ __typename: 'User', id }] });
  const members = JSON.stringify(await world.data(viewer, MEMBERS));
  return [one.user !== null, reference._entities[0] !== null, members.includes(id)];
}

test('the blocked one finds the other nowhere; who blocked them, by id alone; everybody else as before', async () => {
  const [a, b, c] = [alice, bob, carol] as [Person, Person, Person];
  expect(await finds(b, a)).toEqual([false, false, false]);
  expect(await finds(a, b)).toEqual([true, true, false]);
  for (const each of [a, b]) {
    expect(await finds(c, each)).toEqual([true, true, true]);
    expect(await finds(each, c)).toEqual([true, true, true]);
    expect(await finds(each, each)).toEqual([true, true, true]);
  }
});

test('an administrator finds who has blocked them, and lists all but whom they have blocked', async () => {
  const [a, b] = [await aPerson(world), await aPerson(world)];
  const { owner } = place;
  await block(a, owner);
  await block(owner, b);
  expect(await finds(owner, a)).toEqual([true, true, true]);
  expect(await finds(owner, b)).toEqual([true, true, false]);
  expect(await finds(a, owner)).toEqual([true, true, false]);
  expect(await finds(b, owner)).toEqual([false, false, false]);
  const users = JSON.stringify(await world.data(owner.viewer, USERS));
  expect([users.includes(a.id), users.includes(b.id)]).toEqual([true, false]);
});
