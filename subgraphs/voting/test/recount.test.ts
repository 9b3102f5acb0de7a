import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { countCommand } from '../src/commands/count.ts';
import { verifyCommand } from '../src/commands/verify.ts';
import { aCommunity, aDraft, CLOSE, cast, type Members, OPEN, startVoting } from './factories.ts';

const NAMES = ['Robin', 'Kim', 'Sam', 'Alex'];
const VOTERS = 30;

let test: TestSubgraph;
let community: Members;
let folder: string;
beforeAll(async () => {
  test = await startVoting();
  community = await aCommunity(test, VOTERS);
  folder = await mkdtemp(join(tmpdir(), 'polity-recount-'));
});
afterAll(async () => {
  await test?.world.close();
  await rm(folder, { recursive: true, force: true });
});

const RESULTS =
  'query ($id: ID!) { poll(id: $id) { results { winners { title } ranking { title } rounds { reason tallies { option { title } count } } cast } } }';
const EXPORT = 'query ($id: ID!, $format: ExportFormat!) { poll(id: $id) { export(format: $format) } }';
const DELEGATE = 'mutation ($input: DelegationInput!) { setDelegation(input: $input) { id } }';

interface Results {
  winners: { title: string }[];
  ranking: { title: string }[][];
  rounds: { reason: string; tallies: { option: { title: string }; count: string }[] }[];
  cast: string;
}

/** Nominees stand, thirty may vote of whom three delegate, one changes; then the poll closes. Answers the receipts that hold. */
async function held(anonymous: boolean): Promise<{ id: string; receipts: string[] }> {
  const { owner, members, scope } = community;
  const { id } = await aDraft(test, owner, {
    scope,
    anonymous,
    options: [],
    method: 'RANKED',
    rule: 'STV_SCOTTISH',
    seats: 2,
  });
  await test.get(owner, 'mutation ($id: ID!) { openNominations(id: $id) { id } }', { id });
  for (const [n, title] of NAMES.entries()) {
    const userId = members[n]?.id;
    const made = await test.get<{ id: string }>(
      owner,
      'mutation ($p: ID!, $i: NominationInput!) { nominate(pollId: $p, input: $i) { id } }',
      { p: id, i: { userId, title } },
    );
    await test.get(
      members[n] as Person,
      'mutation ($id: ID!) { respondToNomination(id: $id, accept: true) { id } }',
      made,
    );
  }
  for (const n of [27, 28, 29])
    await test.get(members[n] as Person, DELEGATE, { input: { scope, delegateId: members[0]?.id } });
  const opened = await test.get<{ options: { id: string }[] }>(owner, OPEN, { id });
  const ids = opened.options.map((option) => option.id);
  const ranking = (n: number) => [0, 1, 2].map((k) => [ids[(n * n + k) % ids.length]]);
  const receipts: string[] = [];
  for (const [n, voter] of members.slice(0, 27).entries())
    receipts.push((await cast(test, voter, id, { ranking: ranking(n) })).receipt as string);
  const change = { ranking: ranking(2), ...(anonymous && { receipt: receipts[5] }) };
  receipts[5] = (await cast(test, members[5] as Person, id, change)).receipt as string;
  await test.get(owner, CLOSE, { id });
  return { id, receipts };
}

it.each([false, true])(
  'anybody recounts a poll from its export, and finds the ballot of each receipt (anonymous: %s)',
  async (anonymous) => {
    const { id, receipts } = await held(anonymous);
    const viewer = community.members[9] as Person;
    const { results } = await test.get<{ results: Results }>(viewer, RESULTS, { id });
    expect(results.cast).toBe('30');
    for (const [format, name] of [
      ['JSON', 'poll.json'],
      ['BLT', 'poll.blt'],
    ] as const) {
      const path = join(folder, `${anonymous}-${name}`);
      await writeFile(path, (await test.get<{ export: string }>(viewer, EXPORT, { id, format })).export);
      const counted = JSON.parse(await countCommand([path, '--rule', 'STV_SCOTTISH', '--seats', '2', '--json']));
      expect(counted.winners).toEqual(results.winners.map(({ title }) => title));
      expect(counted.ranking).toEqual(results.ranking.map((rank) => rank.map(({ title }) => title)));
      expect(counted.rounds.map((round: { tallies: object }) => round.tallies)).toEqual(
        results.rounds.map(({ tallies }) => tallies.map(({ option, count }) => ({ option: option.title, count }))),
      );
    }
    const file = join(folder, `${anonymous}-poll.json`);
    const words = receipts.flatMap((receipt) => receipt.split(' '));
    expect((await verifyCommand([file, ...words])).trim().split('\n')).toHaveLength(anonymous ? 30 : 27);
    const [secret, hash] = (words[0] as string).split('.');
    await expect(verifyCommand([file, `${'A'.repeat(43)}.${hash}`])).rejects.toThrow('another ballot');
    await expect(verifyCommand([file, `${secret}.${'B'.repeat(43)}`])).rejects.toThrow('No ballot');
    expect(await test.get(await test.person(), EXPORT, { id, format: 'JSON' })).toBeNull();
  },
);

it('lists of polls cost as many statements for many as for one', async () => {
  const list = `query ($first: Int) { polls(first: $first) { edges { node { id options { title } turnout { cast } viewerBallot { id } viewerCanVote
    nominations { edges { node { seconds } } } publishedBallots { edges { node { hash content { ranking { title } } } } } results { outcome } } } } }`;
  for (let n = 0; n < 4; n++) await held(n % 2 === 0);
  const cost = async (first: number) => (await test.statementsOf(community.owner, list, { first })).length;
  expect(await cost(4)).toBe(await cost(2));
});
