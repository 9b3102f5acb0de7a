import fc from 'fast-check';
import { count } from '../../src/counting/count.ts';
import type { Count, CountingRule, Election, ElectionBallot } from '../../src/counting/types.ts';

// What holds for every election, tried on thousands of small ones: ties are frequent there.

const RANKED: CountingRule[] = [
  'INSTANT_RUNOFF',
  'SCHULZE',
  'SCHULZE_MARGINS',
  'RANKED_PAIRS',
  'MINIMAX',
  'COPELAND',
  'BORDA',
];
const STV: CountingRule[] = ['STV_SCOTTISH', 'STV_WIGM', 'STV_MEEK'];
const SCORED: CountingRule[] = ['SUM', 'STAR', 'MAJORITY_JUDGMENT', 'QUADRATIC'];
const CONDORCET: CountingRule[] = ['SCHULZE', 'SCHULZE_MARGINS', 'RANKED_PAIRS', 'MINIMAX', 'COPELAND'];
const NAMES = ['A', 'B', 'C', 'D', 'E', 'F'];

/** Ranks by the value that each option gets; those that get none are not ranked. */
function rankingOf(options: readonly string[], places: readonly number[]): string[][] {
  const ranked = options
    .map((option, index) => ({ option, place: places[index] as number }))
    .filter(({ place }) => place > 0);
  const used = [...new Set(ranked.map(({ place }) => place))].sort((a, b) => a - b);
  return used.map((place) => ranked.filter((entry) => entry.place === place).map(({ option }) => option));
}

const weight = fc.integer({ min: 1, max: 6 });
const optionsOf = fc.integer({ min: 2, max: 6 }).map((size) => NAMES.slice(0, size));

const rankedBallots = (options: string[], shared: boolean): fc.Arbitrary<ElectionBallot[]> => {
  const one = shared
    ? fc
        .array(fc.integer({ min: 0, max: 4 }), { minLength: options.length, maxLength: options.length })
        .map((places) => rankingOf(options, places))
    : fc.shuffledSubarray(options).map((order) => order.map((option) => [option]));
  return fc.array(fc.record({ weight, ranking: one }), { minLength: 1, maxLength: 9 });
};

const scoredBallots = (options: string[]): fc.Arbitrary<ElectionBallot[]> =>
  fc.array(
    fc.record({
      weight,
      scores: fc
        .subarray(options)
        .chain((scored) =>
          fc
            .array(fc.integer({ min: 0, max: 5 }), { minLength: scored.length, maxLength: scored.length })
            .map((given) => scored.map((option, index) => ({ option, score: given[index] as number }))),
        ),
    }),
    { minLength: 1, maxLength: 9 },
  );

const seats = (rule: CountingRule) => (rule === 'INSTANT_RUNOFF' ? fc.constant(1) : fc.integer({ min: 1, max: 4 }));
const seed = fc.option(fc.constantFrom('one', 'two'), { nil: undefined });

const electionsOf = (rules: CountingRule[], shared = true): fc.Arbitrary<Election> =>
  fc.constantFrom(...rules).chain((rule) =>
    optionsOf.chain((options) =>
      fc.record({
        rule: fc.constant(rule),
        seats: seats(rule),
        options: fc.constant(options),
        seed,
        ballots: SCORED.includes(rule) ? scoredBallots(options) : rankedBallots(options, shared),
        unranked: fc.constantFrom('LAST' as const, 'ABSENT' as const),
      }),
    ),
  );

const every = electionsOf([...RANKED, ...STV, ...SCORED, 'PLURALITY', 'APPROVAL']);
const units = (text: string) => {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(9, '0'));
  return text.startsWith('-') ? -value : value;
};

/** Everything but what tells of the order of events inside a set of equals. */
const essence = ({ winners, ranking, tallies, rounds, openSeats, cast, blank }: Count) => ({
  winners: [...winners].sort(),
  ranking: ranking.map((rank) => [...rank].sort()),
  tallies,
  rounds,
  openSeats,
  cast,
  blank,
});

/** How often each option is preferred to each other one. */
function preferences({ options, ballots, unranked }: Election): (over: string, under: string) => number {
  return (over, under) =>
    ballots.reduce((sum, { ranking = [], weight = 1 }) => {
      const [high, low] = [over, under].map((option) => ranking.findIndex((rank) => rank.includes(option))) as [
        number,
        number,
      ];
      const prefers = high >= 0 && (low < 0 ? unranked !== 'ABSENT' : high < low);
      return options.includes(over) && prefers ? sum + weight : sum;
    }, 0);
}

function condorcetWinner(election: Election): string | undefined {
  const prefer = preferences(election);
  return election.options.find((over) =>
    election.options.every((under) => under === over || prefer(over, under) > prefer(under, over)),
  );
}

describe('every rule', () => {
  it('counts the same whatever the order of ballots and however weights are split', () => {
    const scrambled = every.chain((election) =>
      fc.record({
        election: fc.constant(election),
        ballots: fc.shuffledSubarray(
          election.ballots.flatMap((ballot) =>
            Array.from({ length: ballot.weight ?? 1 }, () => ({ ...ballot, weight: 1 })),
          ),
          { minLength: election.ballots.reduce((sum, ballot) => sum + (ballot.weight ?? 1), 0) },
        ),
      }),
    );
    fc.assert(
      fc.property(scrambled, ({ election, ballots }) => {
        expect(essence(count({ ...election, ballots }))).toEqual(essence(count(election)));
      }),
      { numRuns: 1500 },
    );
  });

  it('ranks every option once, and the winners first', () => {
    fc.assert(
      fc.property(every, (election) => {
        const { winners, ranking, openSeats, cast, blank } = count(election);
        expect(ranking.flat().sort()).toEqual([...election.options].sort());
        if (cast === blank) return expect(winners).toEqual([]);
        expect([...winners].sort()).toEqual(ranking.flat().slice(0, winners.length).sort());
        const places = Math.min(election.seats, election.options.length);
        if (openSeats) {
          expect(winners.length).toBeGreaterThan(places);
          expect(winners.length - openSeats.options.length + openSeats.seats).toBe(places);
        } else if (winners.length > 0) expect(winners).toHaveLength(places);
      }),
      { numRuns: 1500 },
    );
  });

  it('leaves no tie where there is a seed', () => {
    fc.assert(
      fc.property(every, (election) => {
        const { openSeats, winners } = count({ ...election, seed: 'a seed' });
        expect(openSeats).toBeNull();
        expect(winners.length).toBeLessThanOrEqual(election.seats);
      }),
      { numRuns: 1000 },
    );
  });

  it('elects with any seed only whom it leaves as winners without one', () => {
    const direct = electionsOf([
      ...STV,
      'INSTANT_RUNOFF',
      'PLURALITY',
      'APPROVAL',
      'SUM',
      'BORDA',
      'COPELAND',
      'MINIMAX',
      'MAJORITY_JUDGMENT',
      'STAR',
    ]);
    fc.assert(
      fc.property(direct, fc.string({ minLength: 1, maxLength: 8 }), (election, drawn) => {
        const open = count({ ...election, seed: undefined });
        const { winners } = count({ ...election, seed: drawn });
        expect(open.winners).toEqual(expect.arrayContaining(winners));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on the order or the names of options where there is no seed', () => {
    const named = every.chain((election) =>
      fc.record({
        election: fc.constant({ ...election, seed: undefined }),
        options: fc.shuffledSubarray([...election.options], { minLength: election.options.length }),
      }),
    );
    fc.assert(
      fc.property(named, ({ election, options }) => {
        const [before, after] = [count(election), count({ ...election, options })];
        expect([...after.winners].sort()).toEqual([...before.winners].sort());
      }),
      { numRuns: 1500 },
    );
  });
});

describe('the rules that compare pairs', () => {
  it('elect whoever beats every other', () => {
    let found = 0;
    fc.assert(
      fc.property(electionsOf(CONDORCET), (election) => {
        const winner = condorcetWinner(election);
        if (winner === undefined) return;
        found++;
        expect(count({ ...election, seats: 1 }).winners).toEqual([winner]);
      }),
      { numRuns: 2000 },
    );
    expect(found).toBeGreaterThan(200);
  });
});

describe('a majority of first preferences', () => {
  it('wins under plurality, runoff, the rules that compare pairs and STV with one seat', () => {
    const rules: CountingRule[] = ['PLURALITY', 'INSTANT_RUNOFF', ...CONDORCET, ...STV];
    let found = 0;
    fc.assert(
      fc.property(electionsOf(rules, false), (election) => {
        const firsts = new Map<string, number>();
        let votes = 0;
        for (const { ranking = [], weight = 1 } of election.ballots) {
          const [first] = ranking[0] ?? [];
          if (first === undefined) continue;
          votes += weight;
          firsts.set(first, (firsts.get(first) ?? 0) + weight);
        }
        const [winner] = [...firsts].find(([, sum]) => sum * 2 > votes) ?? [];
        if (winner === undefined) return;
        found++;
        expect(count({ ...election, seats: 1, unranked: 'LAST' }).winners).toEqual([winner]);
      }),
      { numRuns: 2000 },
    );
    expect(found).toBeGreaterThan(200);
  });
});

describe('more support', () => {
  const MONOTONE: CountingRule[] = [
    'SCHULZE',
    'SCHULZE_MARGINS',
    'RANKED_PAIRS',
    'MINIMAX',
    'COPELAND',
    'BORDA',
    'PLURALITY',
    'APPROVAL',
  ];
  const raised = electionsOf(MONOTONE, false).chain((election) =>
    fc.record({
      election: fc.constant({ ...election, seed: undefined, seats: 1 }),
      ballot: fc.nat({ max: election.ballots.length - 1 }),
    }),
  );

  it('never makes the only winner of a monotone rule lose', () => {
    let tried = 0;
    fc.assert(
      fc.property(raised, ({ election, ballot }) => {
        const { winners } = count(election);
        const [winner] = winners;
        if (winner === undefined || winners.length > 1) return;
        tried++;
        const lifted = election.ballots.map((given, index) =>
          index === ballot
            ? { ...given, ranking: [[winner], ...(given.ranking ?? []).filter(([option]) => option !== winner)] }
            : given,
        );
        expect(count({ ...election, ballots: lifted }).winners).toContain(winner);
      }),
      { numRuns: 2000 },
    );
    expect(tried).toBeGreaterThan(500);
  });

  it('in scores never does either', () => {
    const scored = electionsOf(['SUM', 'MAJORITY_JUDGMENT', 'QUADRATIC']).chain((election) =>
      fc.record({
        election: fc.constant({ ...election, seed: undefined, seats: 1 }),
        ballot: fc.nat({ max: election.ballots.length - 1 }),
      }),
    );
    fc.assert(
      fc.property(scored, ({ election, ballot }) => {
        const [winner] = count(election).winners;
        const given = election.ballots[ballot] as ElectionBallot;
        if (winner === undefined || given.scores?.length === 0) return;
        const best = { option: winner, score: 5 };
        const lifted = election.ballots.with(ballot, {
          ...given,
          scores: [...(given.scores ?? []).filter(({ option }) => option !== winner), best],
        });
        expect(count({ ...election, ballots: lifted }).winners).toContain(winner);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the rules that count in rounds', () => {
  const rounds = electionsOf([...STV, 'INSTANT_RUNOFF']);

  it('lose no vote and make none: in every round all that were cast are with somebody or exhausted', () => {
    fc.assert(
      fc.property(rounds, (election) => {
        const { rounds, cast, blank } = count(election);
        for (const { tallies, exhausted } of rounds) {
          const held = tallies.reduce((sum, { count }) => sum + units(count), 0n);
          expect(held + units(exhausted)).toBe(units(cast) - units(blank));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('move in each round exactly what the tallies change by', () => {
    fc.assert(
      fc.property(electionsOf(['STV_SCOTTISH', 'STV_WIGM', 'INSTANT_RUNOFF']), (election) => {
        const { rounds } = count(election);
        const counted = (round: number, option: string) =>
          units(rounds[round]?.tallies.find((tally) => tally.option === option)?.count ?? '0');
        for (let at = 1; at < rounds.length; at++) {
          for (const option of election.options) {
            const moved = (rounds[at]?.transfers ?? []).reduce(
              (sum, { from, to, count }) =>
                sum + (to === option ? units(count) : 0n) - (from === option ? units(count) : 0n),
              0n,
            );
            expect(counted(at, option) - counted(at - 1, option)).toBe(moved);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('elect and exclude every option at most once, and never both', () => {
    fc.assert(
      fc.property(rounds, (election) => {
        const { rounds: counted, openSeats, winners } = count({ ...election, seed: 'x' });
        const decided = counted.flatMap(({ elected, excluded }) => [...elected, ...excluded]);
        expect(new Set(decided).size).toBe(decided.length);
        expect(openSeats).toBeNull();
        const elected = counted.flatMap((round) => round.elected);
        if (winners.length > 0) expect([...elected].sort()).toEqual([...winners].sort());
      }),
      { numRuns: 1500 },
    );
  });
});
