import { uuidv7 } from '@polity/kernel/ids';
import { giveRole, type Person, registerScope } from '@polity/kernel/testing/dialect';
import { access } from '../../access/src/subgraph.ts';
import { identity } from '../../identity/src/subgraph.ts';
import { aPerson, aTenant, type IdentityWorld, type Place, startIdentity } from '../../identity/test/harness.ts';
import { isOneEdit } from '../src/domain/search/words.ts';
import { profiles } from '../src/subgraph.ts';
import { BLOCK, FOLLOW, idsIn, type People } from './factories.ts';

const SEARCH = `query ($query: String!, $first: Int, $after: String, $last: Int) {
  searchUsers(query: $query, first: $first, after: $after, last: $last) { edges { cursor node { id } } pageInfo { hasNextPage } } }`;
const RENAME = 'mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { id } }';

let world: IdentityWorld;
let viewer: Person;
let place: Place;
const people: Record<string, string> = {};

beforeAll(async () => {
  world = await startIdentity({ subgraphs: [access, identity, profiles] });
  place = await aTenant(world);
  viewer = (await aPerson(world, 'looker')).viewer as Person;
  for (const [username, displayName] of [
    ['alice', 'Alice Wonderland'],
    ['alison', 'Alison Gross'],
    ['robert', 'Robert Mueller'],
    ['olga', 'Ольга Иванова'],
    ['xiaoming', '王小明'],
    ['joerg', 'Jörg Über'],
  ] as const) {
    const person = await aPerson(world, username);
    await world.data(person.viewer, RENAME, { input: { displayName } });
    people[username] = person.id;
  }
  await world.settle();
});
afterAll(() => world?.close());

interface Page {
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean };
}

async function found(query: string, who: Person = viewer, more: object = {}) {
  const { data, errors } = await world.ask('profiles', who, SEARCH, { query, ...more });
  expect(errors ?? []).toEqual([]);
  const names = new Map(Object.entries(people).map(([name, id]) => [id, name]));
  return (idsIn(data?.searchUsers as People) ?? []).map((id) => names.get(id) ?? id);
}

test.each([
  ['a', 'b', true],
  ['alice', 'alice', true],
  ['alice', 'alic', true],
  ['alice', 'allice', true],
  ['alice', 'alixe', true],
  ['alice', 'alcie', true],
  ['alice', 'lacie', false],
  ['alice', 'al', false],
  ['alice', 'ecila', false],
])('whether %s and %s are one edit apart is %s', (a, b, expected) => {
  expect([isOneEdit(a, b), isOneEdit(b, a)]).toEqual([expected, expected]);
});

test.each([
  ['alice', ['alice']],
  ['ALI', ['alice', 'alison']],
  ['won ali', ['alice']],
  ['wonderlnad', ['alice']],
  ['wondrland', ['alice']],
  ['wonnderland', ['alice']],
  ['wanderland', ['alice']],
  ['xonderland', ['alice']],
  ['muelelr', ['robert']],
  ['ольга', ['olga']],
  ['иванва', ['olga']],
  ['王小', ['xiaoming']],
  ['jörg', ['joerg']],
  ['JÖRG über', ['joerg']],
  ['robe mue', ['robert']],
  ['gros', ['alison']],
  ['grsos', ['alison']],
  ['ssorg', []],
  ['nobody', []],
  ['land', []],
  ['%', []],
  ['_____', []],
  ["'; drop table person_name; --", []],
])('%s finds %j', async (query, names) => {
  expect((await found(query)).sort()).toEqual([...names].sort());
});

test('whom one follows come first, then with whom one shares most', async () => {
  const id = uuidv7();
  const tenantId = world.tenantId as string;
  await registerScope(world, 'COMMUNITY', id, tenantId, tenantId);
  const CREATE = 'mutation ($input: CreateRoleInput!) { createRole(input: $input) { id } }';
  const input = { key: 'club.member', name: 'Member', scopeType: 'COMMUNITY', permissions: [] };
  await world.ask('access', place.owner.viewer, CREATE, { input });
  expect(await found('ali')).toEqual(['alice', 'alison']);
  for (const userId of [viewer.id, people.alison as string])
    await giveRole(world, userId, 'club.member', { type: 'COMMUNITY', id }, tenantId);
  expect(await found('ali')).toEqual(['alison', 'alice']);
  await world.ask('profiles', viewer, FOLLOW, { id: people.alice });
  expect(await found('ali')).toEqual(['alice', 'alison']);
});

test('is paged', async () => {
  const [first] = await found('ali', viewer, { first: 1 });
  const { data } = await world.ask('profiles', viewer, SEARCH, { query: 'ali', first: 1 });
  const { edges, pageInfo } = (data as { searchUsers: Page }).searchUsers;
  expect(pageInfo.hasNextPage).toBe(true);
  const [second, ...more] = await found('ali', viewer, { first: 1, after: edges[0]?.cursor });
  expect([first, second, more.length]).toEqual([...(await found('ali')), 0]);
  expect(await found('ali', viewer, { last: 1 })).toEqual([second]);
});

test('leaves out both ways who is blocked, who left, and finds a new name at once', async () => {
  const [a, b] = [await aPerson(world, 'zebediah'), await aPerson(world, 'zacharias')];
  await world.settle();
  const seen = async (who: Person, query: string) => (await found(query, who)).length;
  expect([await seen(a.viewer as Person, 'zachar'), await seen(b.viewer as Person, 'zebed')]).toEqual([1, 1]);
  await world.ask('profiles', a.viewer, BLOCK, { id: b.id });
  expect([
    await seen(a.viewer as Person, 'zachar'),
    await seen(b.viewer as Person, 'zebed'),
    await seen(viewer, 'zachar'),
  ]).toEqual([0, 0, 1]);
  await world.data(b.viewer, RENAME, { input: { displayName: 'Quentin Quick', username: 'quentin' } });
  await world.settle();
  expect([await seen(viewer, 'zachar'), await seen(viewer, 'quick')]).toEqual([0, 1]);
  await world.data(b.viewer, 'mutation ($id: ID!) { leaveTenant(id: $id) { id } }', { id: world.tenantId });
  await world.settle();
  expect(await seen(viewer, 'quick')).toBe(0);
});

test('is for members, of words that are not too long', async () => {
  const outsider = world.viewerOf(uuidv7()) as Person;
  expect(await found('ali', outsider)).toEqual([]);
  const { errors } = await world.ask('profiles', viewer, SEARCH, { query: 'x'.repeat(101) });
  expect(errors?.[0]?.extensions?.code).toBe('VALIDATION_ERROR');
});

test('finds members of before this subgraph, once the job has run', async () => {
  await world.subgraph('profiles').runtime.em(world.tenantId).execute('delete from person_name');
  expect(await found('robert')).toEqual([]);
  const job = profiles.jobs?.find(({ name }) => name === 'mirror-names');
  const { runtime, open } = world.subgraph('profiles');
  const task = { key: '', tenantId: null, payload: null, attempt: 1, signal: new AbortController().signal };
  expect(await job?.run(task, runtime, undefined, open as never)).toMatchObject({ tenants: expect.any(Number) });
  expect(await found('robert')).toEqual(['robert']);
});
