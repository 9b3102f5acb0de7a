import { codeOf, dataOf, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { onDatabase } from '@polity/kernel/testing/walls';
import {
  type APoll,
  aCommunity,
  anOpenPoll,
  CAST,
  type CastBallot,
  CLOSE,
  cast,
  type Members,
  startVoting,
} from './factories.ts';

// Many who vote in one poll at the same moment: ballots go in together, and everybody is answered as if they had come alone.

const SHOWN = `query ($id: ID!) { poll(id: $id) { turnout { cast } results { tallies { count } }
  publishedBallots(first: 100) { edges { node { hash } } } participants(first: 100) { edges { node { id } } } } }`;
const DELEGATE = 'mutation ($input: DelegationInput!) { setDelegation(input: $input) { id } }';

interface Shown {
  turnout: { cast: number };
  results: { tallies: { count: string }[] };
  publishedBallots: { edges: { node: { hash: string } }[] };
  participants: { edges: { node: { id: string } }[] };
}

let test: TestSubgraph;
let community: Members;
beforeAll(async () => {
  test = await startVoting();
  community = await aCommunity(test, 30);
}, 60_000);
afterAll(() => test?.world.close());

const titles = ['Oak', 'Elm', 'Ash'] as const;
const choiceOf = ({ options }: APoll, n: number) => ({ choices: [options[titles[n % 3] as string]] });
const ask = (who: Person, poll: APoll, ballot: object) =>
  test.ask(who, CAST, { input: { pollId: poll.id, ...ballot } });
const receiptIn = (reply: Awaited<ReturnType<typeof ask>>) =>
  dataOf<{ castVote: CastBallot }>(reply).castVote.receipt as string;

async function counted({ id }: APoll, owner = community.owner): Promise<Shown> {
  await test.get(owner, CLOSE, { id });
  await test.world.runJobs();
  return test.get<Shown>(owner, SHOWN, { id });
}

describe.each([false, true])('thirty ballots at once (anonymous: %s)', (anonymous) => {
  let poll: APoll;
  beforeEach(async () => {
    poll = await anOpenPoll(test, community, { anonymous });
    // Whoever comes first has the poll read, for all who come then.
    await cast(test, community.owner, poll.id, { abstain: true });
  });

  it('are there once each, with a receipt for everybody, in fewer statements than there are ballots', async () => {
    const { result: replies, counts } = await test.world.count(() =>
      Promise.all(community.members.map((who, n) => ask(who, poll, choiceOf(poll, n)))),
    );
    const receipts = replies.map(receiptIn);
    const inserts = counts.statements.voting?.filter((sql) => /insert into (ballot|box_ballot|outbox)/.test(sql)) ?? [];
    expect(inserts.length).toBeGreaterThan(0);
    expect(inserts.length).toBeLessThan(30);
    const shown = await counted(poll);
    expect(shown.turnout.cast).toBe(31);
    expect(shown.results.tallies.map(({ count }) => count)).toEqual(['10', '10', '10']);
    const published = new Set(shown.publishedBallots.edges.map(({ node }) => node.hash));
    expect(receipts.filter((receipt) => !published.has(receipt.split('.')[1] as string))).toEqual([]);
    expect(new Set(receipts).size).toBe(30);
    const took = shown.participants.edges.map(({ node }) => node.id).sort();
    expect(took).toEqual([community.owner, ...community.members].map(({ id }) => id).sort());
    const told = await onDatabase<{ n: number; voters: number }[]>(test.world, 'voting', (query) =>
      query(`select count(*)::int as n, count(distinct payload->>'voterId')::int as voters from outbox
        where type = 'voting.vote.cast' and payload->>'pollId' = '${poll.id}'`),
    );
    expect(told).toEqual([{ n: 31, voters: anonymous ? 0 : 31 }]);
  });

  it('are told apart where some may not vote, some come twice, and some are wrong', async () => {
    const own = await aCommunity(test, 5);
    const [a, b, c, delegate, delegator] = own.members as [Person, Person, Person, Person, Person];
    const there = await anOpenPoll(test, own, { anonymous });
    await cast(test, own.owner, there.id, { abstain: true });
    await test.get(delegator, DELEGATE, { input: { scope: own.scope, delegateId: delegate.id } });
    const stranger = await test.person('tenant.owner');
    const replies = await Promise.all([
      ask(a, there, choiceOf(there, 0)),
      ask(stranger, there, choiceOf(there, 0)),
      ask(a, there, { ...choiceOf(there, 0), idempotencyKey: 'again' }),
      ask(b, there, { choices: [there.id] }),
      ask(delegate, there, choiceOf(there, 1)),
      ask(c, there, choiceOf(there, 2)),
      ask(c, there, choiceOf(there, 2)),
    ]);
    const codes = replies.map(codeOf);
    expect(codes.slice(1, 2).concat(codes.slice(3, 5))).toEqual(['FORBIDDEN', 'VALIDATION_ERROR', null]);
    const twice = [[codes[0], codes[2]], codes.slice(5)].map((pair) => pair.filter((code) => code !== null));
    expect(twice).toEqual(anonymous ? [['CONFLICT'], ['CONFLICT']] : [[], []]);
    const shown = await counted(there, own.owner);
    expect(shown.results.tallies.map(({ count }) => count)).toEqual(['1', '2', '1']);
  });

  it('count as many as were taken where the poll closes meanwhile', async () => {
    const casting = community.members.map((who, n) => ask(who, poll, choiceOf(poll, n)));
    const [closed, ...replies] = await Promise.all([test.ask(community.owner, CLOSE, { id: poll.id }), ...casting]);
    expect(codeOf(closed)).toBeNull();
    const codes = replies.map(codeOf);
    expect(codes.filter((code) => code !== null && code !== 'CONFLICT')).toEqual([]);
    await test.world.runJobs();
    const shown = await test.get<Shown>(community.owner, SHOWN, { id: poll.id });
    const sum = shown.results.tallies.reduce((total, { count }) => total + Number(count), 0);
    expect(sum).toBe(codes.filter((code) => code === null).length);
  });

  it('are not taken of those from whom the poll was hidden', async () => {
    await onDatabase(test.world, 'voting', (query) =>
      query(`update poll set hidden_at = now() where id = '${poll.id}'`),
    );
    const replies = await Promise.all(community.members.map((who, n) => ask(who, poll, choiceOf(poll, n))));
    expect(new Set(replies.map(codeOf))).toEqual(new Set(['NOT_FOUND']));
  });
});
