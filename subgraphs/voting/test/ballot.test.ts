import { anonymous } from '@polity/kernel/request/context';
import type { Person, TestSubgraph, Variables } from '@polity/kernel/testing/dialect';
import { aCommunity, anOpenPoll, CAST, CLOSE, cast, type Members, startVoting } from './factories.ts';

const MINE =
  'query ($id: ID!) { poll(id: $id) { viewerBallot { castAt receipt choices { title } content { abstain } } } }';
const RESULTS =
  'query ($id: ID!) { poll(id: $id) { results { tallies { option { title } count } } turnout { cast } } }';
const BALLOTS =
  'query ($id: ID!) { poll(id: $id) { ballots { edges { node { id voter { id } choices { title } invalidReason weight } } } } }';
const INVALIDATE =
  'mutation ($id: ID!, $reason: String!) { invalidateBallot(id: $id, reason: $reason) { invalidReason } }';
const VERIFY =
  'query ($id: ID!, $receipt: String!) { verifyReceipt(pollId: $id, receipt: $receipt) { counted authentic missing ballots { hash weight content { choices { title } } } } }';

let test: TestSubgraph;
let community: Members;
let people: Person[];
beforeAll(async () => {
  test = await startVoting();
  community = await aCommunity(test);
  people = community.members;
});
afterAll(() => test?.world.close());

const tallies = async (viewer: typeof anonymous, id: string) => {
  const { results } = await test.get<{ results: { tallies: { count: string }[] } | null }>(viewer, RESULTS, { id });
  return results?.tallies.map(({ count }) => count) ?? null;
};

describe('a ballot', () => {
  it('is there once, replaced whole, and taken back', async () => {
    const { id, options } = await anOpenPoll(test, community);
    const [voter] = people as [Person];
    const first = await cast(test, voter, id, { choices: [options.Oak] });
    expect(first).toEqual({
      ...{ id: expect.any(String), castAt: expect.any(String), choices: [{ title: 'Oak' }] },
      receipt: expect.stringMatching(/^[\w-]{43}\.[\w-]{43}$/),
    });
    const second = await cast(test, voter, id, { choices: [options.Elm] });
    expect([second.id, second.receipt === first.receipt]).toEqual([first.id, false]);
    const mine = {
      castAt: expect.any(String),
      receipt: null,
      choices: [{ title: 'Elm' }],
      content: { abstain: false },
    };
    expect(await test.get(voter, MINE, { id })).toEqual({ viewerBallot: mine });
    const withdraw = 'mutation ($id: ID!) { withdrawVote(pollId: $id) { choices { title } } }';
    expect(await test.get(voter, withdraw, { id })).toEqual({ choices: [{ title: 'Elm' }] });
    expect(await test.get(voter, MINE, { id })).toEqual({ viewerBallot: null });
    expect(await test.codeOf(voter, withdraw, { id })).toBe('NOT_FOUND');
  });

  it('stays where polls say so', async () => {
    const { id, options } = await anOpenPoll(test, community, { allowsChange: false });
    const [voter] = people as [Person];
    await cast(test, voter, id, { choices: [options.Oak] });
    expect(await test.codeOf(voter, CAST, { input: { pollId: id, choices: [options.Elm] } })).toBe('CONFLICT');
    expect(await test.codeOf(voter, 'mutation ($id: ID!) { withdrawVote(pollId: $id) { id } }', { id })).toBe(
      'CONFLICT',
    );
  });

  it('is answered again to the same try, twenty times at once as well, and not to another ballot by its name', async () => {
    const { id, options } = await anOpenPoll(test, community);
    const [voter] = people as [Person];
    const ballot = { pollId: id, choices: [options.Oak], idempotencyKey: 'first try' };
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => test.get<{ receipt: string }>(voter, CAST, { input: ballot })),
    );
    expect(new Set(tries.map(({ receipt }) => receipt)).size).toBe(1);
    expect(await test.codeOf(voter, CAST, { input: { ...ballot, choices: [options.Elm] } })).toBe('CONFLICT');
    const other = await cast(test, people[1] as Person, id, { choices: [options.Oak], idempotencyKey: 'first try' });
    expect(other.receipt).not.toBe(tries[0]?.receipt);
    expect(await test.get(voter, RESULTS, { id })).toMatchObject({ turnout: { cast: 2 } });
  });

  it('is one however many are cast at once', async () => {
    const { id, options } = await anOpenPoll(test, community);
    const [voter] = people as [Person];
    await Promise.all(Array.from({ length: 20 }, () => cast(test, voter, id, { choices: [options.Oak] })));
    expect(await test.get(community.owner, CLOSE, { id })).toMatchObject({ turnout: { cast: 1 } });
    expect(await tallies(voter, id)).toEqual(['1', '0', '0']);
  });
});

describe('what breaks a rule', () => {
  const refused = async (poll: Variables, ballot: (options: Record<string, string>) => object) => {
    const { id, options } = await anOpenPoll(test, community, poll);
    const reply = await test.ask(people[0] as Person, CAST, { input: { pollId: id, ...ballot(options) } });
    const { code, details } = (reply.errors?.[0]?.extensions ?? {}) as { code?: string; details?: { fields?: object } };
    return [code, Object.keys(details?.fields ?? {})];
  };
  const ranked = { method: 'RANKED' };
  const score = { method: 'SCORE' };
  it.each<[string, Variables, (options: Record<string, string>) => object, string]>([
    ['too many choices', {}, ({ Oak, Elm }) => ({ choices: [Oak, Elm] }), 'choices'],
    ['an unknown option', {}, () => ({ choices: ['00000000-0000-7000-8000-000000000000'] }), 'choices'],
    ['one option twice', { method: 'APPROVAL' }, ({ Oak }) => ({ choices: [Oak, Oak] }), 'choices'],
    [
      '50,000 options',
      { method: 'APPROVAL' },
      ({ Oak }) => ({ choices: Array.from({ length: 50_000 }, () => Oak) }),
      'choices',
    ],
    ['over the maximum', { method: 'APPROVAL', maxChoices: 1 }, ({ Oak, Elm }) => ({ choices: [Oak, Elm] }), 'choices'],
    ['a ballot of another method', {}, ({ Oak }) => ({ ranking: [[Oak]] }), 'ranking'],
    ['nothing at all', {}, () => ({}), 'choices'],
    ['a choice that abstains', {}, ({ Oak }) => ({ choices: [Oak], abstain: true }), 'abstain'],
    ['equal ranks', ranked, ({ Oak, Elm }) => ({ ranking: [[Oak, Elm]] }), 'ranking'],
    ['a repeated rank', ranked, ({ Oak }) => ({ ranking: [[Oak], [Oak]] }), 'ranking'],
    ['a skipped rank', { ...ranked, rule: 'SCHULZE' }, ({ Oak }) => ({ ranking: [[], [Oak]] }), 'ranking'],
    ['a score out of range', score, ({ Oak }) => ({ scores: [{ optionId: Oak, score: 6 }] }), 'scores'],
    [
      'more than the budget',
      { ...score, rule: 'QUADRATIC', credits: 24 },
      ({ Oak, Elm }) => ({
        scores: [
          { optionId: Oak, score: 4 },
          { optionId: Elm, score: 3 },
        ],
      }),
      'scores',
    ],
    ['a block without a reason', { method: 'CONSENT', options: [] }, () => ({ consent: 'BLOCK' }), 'reason'],
  ])('is refused: %s', async (_, poll, ballot, field) => {
    expect(await refused(poll, ballot)).toEqual(['VALIDATION_ERROR', [field]]);
  });

  it('is refused early, late and from strangers', async () => {
    const { id, options } = await anOpenPoll(test, community);
    const input = { pollId: id, choices: [options.Oak] };
    expect(await test.codeOf(await test.person(), CAST, { input })).toBe('NOT_FOUND');
    await test.get(community.owner, CLOSE, { id });
    expect(await test.codeOf(people[0] as Person, CAST, { input })).toBe('CONFLICT');
  });
});

describe('results', () => {
  it('are shown always, after voting or after the poll closed', async () => {
    const [voted, not] = people as [Person, Person];
    const expected = { ALWAYS: [true, true], AFTER_VOTE: [true, false], AFTER_CLOSE: [false, false] };
    for (const [resultsVisibility, [sees, others]] of Object.entries(expected)) {
      const { id, options } = await anOpenPoll(test, community, { resultsVisibility, visibility: 'PUBLIC' });
      await cast(test, voted, id, { choices: [options.Oak] });
      const shown = async () =>
        Promise.all([voted, not, anonymous].map(async (viewer) => (await tallies(viewer, id)) !== null));
      expect([resultsVisibility, await shown()]).toEqual([resultsVisibility, [sees, others, others]]);
      const ballots = await test.get<{ ballots: unknown }>(not, BALLOTS, { id });
      expect(ballots.ballots !== null).toBe(others);
      await test.get(community.owner, CLOSE, { id });
      expect(await shown()).toEqual([true, true, true]);
    }
  });

  it.each([
    ['RANKED', { ranking: [['Oak'], ['Elm']] }, '1'],
    ['APPROVAL', { choices: ['Oak'] }, '1'],
    [
      'SCORE',
      {
        scores: [
          ['Oak', 5],
          ['Elm', 2],
        ],
      },
      '5',
    ],
  ] as const)('of %s are counted, with every round', async (method, given, most) => {
    const { id, options } = await anOpenPoll(test, community, { method });
    const idOf = (title: string) => options[title];
    const ballot =
      'ranking' in given
        ? { ranking: given.ranking.map((rank) => rank.map(idOf)) }
        : 'choices' in given
          ? { choices: given.choices.map(idOf) }
          : { scores: given.scores.map(([title, score]) => ({ optionId: idOf(title), score })) };
    await cast(test, people[0] as Person, id, ballot);
    await test.get(community.owner, CLOSE, { id });
    const all = `query ($id: ID!) { poll(id: $id) { results { outcome winners { title } ranking { title } tallies { option { title } count }
      rounds { round reason tallies { count } transfers { count } duels { votes } elected { title } excluded { title } exhausted threshold } tieBreaks { by }
      cast blank seed openSeats stances { count } } ballots { edges { node { content { ranking { title } scores { score option { title } } choices { title } } } } } } }`;
    const { results, ballots } = await test.get<{ results: Record<string, unknown>; ballots: { edges: object[] } }>(
      people[1] as Person,
      all,
      { id },
    );
    expect(results).toMatchObject({ winners: [{ title: 'Oak' }], cast: '1', blank: '0', stances: null });
    expect(results).toMatchObject({ tallies: expect.arrayContaining([{ option: { title: 'Oak' }, count: most }]) });
    expect((results.rounds as unknown[]).length).toBeGreaterThan(0);
    expect(ballots.edges).toHaveLength(1);
  });

  it('of a proposal say what people said to it', async () => {
    const { id } = await anOpenPoll(test, community, { method: 'CONSENT', options: [], title: 'Plant a tree' });
    await cast(test, people[0] as Person, id, { consent: 'AGREE' });
    await cast(test, people[1] as Person, id, { consent: 'OBJECT', reason: 'Not in my garden' });
    await cast(test, community.owner, id, { consent: 'AGREE' });
    await test.get(community.owner, CLOSE, { id });
    const stances =
      'query ($id: ID!) { poll(id: $id) { results { outcome winners { title } stances { stance count } } } }';
    expect(await test.get(community.owner, stances, { id })).toEqual({
      results: {
        ...{ outcome: 'PASSED', winners: [{ title: 'Plant a tree' }] },
        stances: [
          ['AGREE', '2'],
          ['ABSTAIN', '0'],
          ['OBJECT', '1'],
          ['BLOCK', '0'],
        ].map(([stance, count]) => ({ stance, count })),
      },
    });
  });

  it('break a tie by a seed of all ballots where a poll says so', async () => {
    const { id, options } = await anOpenPoll(test, community, { breakTies: true });
    await cast(test, people[0] as Person, id, { choices: [options.Oak] });
    await cast(test, people[1] as Person, id, { choices: [options.Elm] });
    await test.get(community.owner, CLOSE, { id });
    const seeded = 'query ($id: ID!) { poll(id: $id) { results { winners { title } seed tieBreaks { by } } } }';
    const { results } = await test.get<{ results: { winners: unknown[]; seed: string } }>(people[0] as Person, seeded, {
      id,
    });
    expect(results).toMatchObject({ winners: [expect.anything()], seed: expect.stringMatching(/^[\w-]{43}$/) });
  });
});

describe('a moderator', () => {
  it('declares a ballot invalid, with a reason that stays, and who voted cannot vote again', async () => {
    const { id, options } = await anOpenPoll(test, community, { resultsVisibility: 'ALWAYS' });
    const [voter, other] = people as [Person, Person];
    const ballot = await cast(test, voter, id, { choices: [options.Oak] });
    await cast(test, other, id, { choices: [options.Elm] });
    const reason = 'Two accounts, one person';
    expect(await test.codeOf(other, INVALIDATE, { id: ballot.id, reason })).toBe('NOT_FOUND');
    const calls = Array.from({ length: 20 }, () => test.codeOf(community.owner, INVALIDATE, { id: ballot.id, reason }));
    expect((await Promise.all(calls)).filter((code) => code === null)).toHaveLength(1);
    expect(await test.codeOf(voter, CAST, { input: { pollId: id, choices: [options.Oak] } })).toBe('CONFLICT');
    const audit = await eventsOf('voting.vote.invalidated', id);
    expect(audit).toEqual([{ pollId: id, ballotId: ballot.id, voterId: voter.id, reason }]);
    expect(await test.get(community.owner, CLOSE, { id })).toMatchObject({
      turnout: { cast: 1 },
      results: { winners: [{ title: 'Elm' }] },
    });
  });
});

async function eventsOf(type: string, pollId: string): Promise<unknown[]> {
  const { orm } = test.world.subgraph('voting');
  const rows = await orm?.em
    .fork()
    .execute<{ payload: { pollId: string } }[]>('select payload from outbox where type = ?', [type]);
  return (rows ?? []).map(({ payload }) => payload).filter((payload) => payload.pollId === pollId);
}

describe('a receipt', () => {
  it('shows that the ballot counted, and with its secret that it is of exactly this ballot', async () => {
    const { id, options } = await anOpenPoll(test, community);
    const [voter] = people as [Person];
    const { receipt } = await cast(test, voter, id, { choices: [options.Oak] });
    expect(await test.get(voter, VERIFY, { id, receipt })).toBeNull();
    await test.get(community.owner, CLOSE, { id });
    const hash = receipt?.split('.')[1] as string;
    const ballots = [{ hash, weight: 1, content: { choices: [{ title: 'Oak' }] } }];
    expect(await test.get(voter, VERIFY, { id, receipt })).toEqual({
      counted: true,
      authentic: true,
      missing: [],
      ballots,
    });
    expect(await test.get(voter, VERIFY, { id, receipt: hash })).toEqual({
      counted: true,
      authentic: null,
      missing: [],
      ballots,
    });
    const forged = `${'A'.repeat(43)}.${hash}`;
    expect(await test.get(voter, VERIFY, { id, receipt: forged })).toMatchObject({ counted: true, authentic: false });
    const unknown = 'B'.repeat(43);
    expect(await test.get(voter, VERIFY, { id, receipt: unknown })).toMatchObject({
      counted: false,
      missing: [unknown],
    });
    expect(await test.codeOf(voter, VERIFY, { id, receipt: 'nonsense' })).toBe('VALIDATION_ERROR');
  });
});

describe('what takes part', () => {
  it('is told of once a poll closed, once each, and never what they voted', async () => {
    const { id, options } = await anOpenPoll(test, community);
    for (const person of people) await cast(test, person, id, { choices: [options.Oak] });
    await test.get(community.owner, CLOSE, { id });
    await test.world.runJobs();
    test.world.clock.advance(60_000);
    await test.world.runJobs();
    const told = (await eventsOf('voting.participation.recorded', id)) as { userId: string }[];
    expect(told.map(({ userId }) => userId).sort()).toEqual(people.map((person) => person.id).sort());
    for (const each of told) expect(Object.keys(each).sort()).toEqual(['pollId', 'userId']);
  });

  it('lists polls that miss the viewer', async () => {
    const fresh = await aCommunity(test, 1);
    const { id, options } = await anOpenPoll(test, fresh);
    const missing = 'query { polls(missingMine: true) { edges { node { id } } } }';
    const ids = async (viewer: typeof anonymous) =>
      (await test.get<{ edges: { node: { id: string } }[] }>(viewer, missing)).edges.map(({ node }) => node.id);
    expect(await ids(fresh.owner)).toEqual([id]);
    expect(await ids(anonymous)).toEqual([]);
    await cast(test, fresh.owner, id, { choices: [options.Oak] });
    expect(await ids(fresh.owner)).toEqual([]);
  });
});
