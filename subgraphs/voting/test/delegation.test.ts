import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { aCommunity, anOpenPoll, CLOSE, cast, type Members, startVoting } from './factories.ts';

const SET = 'mutation ($input: DelegationInput!) { setDelegation(input: $input) { id topic chain { id } } }';
const REMOVE = 'mutation ($id: ID!) { removeDelegation(id: $id) { id } }';
const TALLIES =
  'query ($id: ID!) { poll(id: $id) { results { tallies { count } } ballots { edges { node { weight } } } } }';

let test: TestSubgraph;
let community: Members;
let a: Person;
let b: Person;
let c: Person;
let d: Person;
beforeEach(async () => {
  community = await aCommunity(test, 4);
  [a, b, c, d] = community.members as [Person, Person, Person, Person];
});
beforeAll(async () => {
  test = await startVoting();
});
afterAll(() => test?.world.close());

const input = (to: Person, topic: string | null = null) => ({ scope: community.scope, delegateId: to.id, topic });
const set = (from: Person, to: Person, topic: string | null = null) =>
  test.get<{ id: string; chain: { id: string }[] }>(from, SET, { input: input(to, topic) });

async function tallies(id: string): Promise<string[]> {
  await test.get(community.owner, CLOSE, { id });
  const { results } = await test.get<{ results: { tallies: { count: string }[] } }>(a, TALLIES, { id });
  return results.tallies.map(({ count }) => count);
}

it('counts for the nearest who voted, and not for who votes themselves', async () => {
  await set(a, b);
  expect((await set(b, c)).chain).toEqual([{ id: c.id }]);
  expect((await set(a, b)).chain).toEqual([{ id: b.id }, { id: c.id }]);
  const one = await anOpenPoll(test, community);
  await cast(test, c, one.id, { choices: [one.options.Oak] });
  await cast(test, d, one.id, { choices: [one.options.Elm] });
  expect(await tallies(one.id)).toEqual(['3', '1', '0']);
  const two = await anOpenPoll(test, community);
  await cast(test, c, two.id, { choices: [two.options.Oak] });
  await cast(test, a, two.id, { choices: [two.options.Elm] });
  expect(await tallies(two.id)).toEqual(['2', '1', '0']);
});

it('goes by the topic of a poll before it goes by all', async () => {
  await set(a, b);
  const { id } = await set(a, c, 'trees');
  const about = async () => {
    const poll = await anOpenPoll(test, community, { topic: 'trees' });
    await cast(test, b, poll.id, { choices: [poll.options.Oak] });
    await cast(test, c, poll.id, { choices: [poll.options.Elm] });
    return tallies(poll.id);
  };
  expect(await about()).toEqual(['1', '2', '0']);
  expect(await test.codeOf(b, REMOVE, { id })).toBe('NOT_FOUND');
  await test.get(a, REMOVE, { id });
  expect(await about()).toEqual(['2', '1', '0']);
});

it('never comes back, whoever begins, at once as well', async () => {
  const refused = (from: Person, to: Person, topic: string | null = null) =>
    test.codeOf(from, SET, { input: input(to, topic) });
  expect(await refused(a, a)).toBe('VALIDATION_ERROR');
  expect(await refused(a, await test.person())).toBe('NOT_FOUND');
  await set(a, b);
  await set(b, c, 'trees');
  expect(await refused(c, a, 'trees')).toBe('CONFLICT');
  expect(await refused(c, a)).toBe('CONFLICT');
  const codes = await Promise.all(
    Array.from({ length: 20 }, (_, n) => (n % 2 ? refused(c, d, 'x') : refused(d, c, 'x'))),
  );
  expect(new Set(codes.filter(Boolean))).toEqual(new Set(['CONFLICT']));
});
