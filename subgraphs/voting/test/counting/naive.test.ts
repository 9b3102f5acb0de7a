import fc from 'fast-check';
import { count } from '../../src/counting/count.ts';
import { decimal } from '../../src/counting/exact.ts';
import type { CountingRule, Election, ElectionBallot } from '../../src/counting/types.ts';
import { majorityValue, meek, scottish, strongestPath, Tied, wigm } from './naive.ts';

// The count against a second one that goes by the texts of the rules, paper by paper.

const OPTIONS = ['A', 'B', 'C', 'D', 'E', 'F'];
const ballots = fc.array(
  fc.record({
    weight: fc.integer({ min: 1, max: 40 }),
    ranking: fc.shuffledSubarray(OPTIONS, { minLength: 1 }).map((order) => order.map((option) => [option])),
  }),
  { minLength: 3, maxLength: 14 },
);
const electionOf = (rule: CountingRule, given: ElectionBallot[], seats: number): Election => ({
  rule,
  seats,
  options: OPTIONS,
  ballots: given,
});

/** Runs `check` on elections in which the text of the rule draws no lot. */
function withoutLots(check: (given: ElectionBallot[], seats: number) => void): void {
  let counted = 0;
  fc.assert(
    fc.property(ballots, fc.integer({ min: 1, max: 4 }), (given, seats) => {
      try {
        check(given, seats);
        counted++;
      } catch (error) {
        if (!(error instanceof Tied)) throw error;
      }
    }),
    { numRuns: 700 },
  );
  expect(counted).toBeGreaterThan(250);
}

describe('the same papers counted one by one', () => {
  it.each([
    ['STV_SCOTTISH', scottish, 5],
    ['STV_WIGM', wigm, 4],
  ] as const)('%s: every stage is the same', (rule, naive, places) => {
    withoutLots((given, seats) => {
      const election = electionOf(rule, given, seats);
      const expected = naive(election).map(({ votes, elected }) => ({
        votes: Object.fromEntries(Object.entries(votes).map(([option, held]) => [option, decimal(held, places)])),
        elected: [...elected].sort(),
      }));
      const stages = count(election).rounds.map(({ tallies, elected }) => ({
        votes: Object.fromEntries(tallies.map(({ option, count: held }) => [option, held])),
        elected: [...elected].sort(),
      }));
      expect(stages).toEqual(expected);
    });
  });

  it('STV_MEEK: the same are elected', () => {
    withoutLots((given, seats) => {
      const election = electionOf('STV_MEEK', given, seats);
      const expected = meek(election);
      expect([...count(election).winners].sort()).toEqual([...expected].sort());
    });
  });

  it.each(['SCHULZE', 'SCHULZE_MARGINS'] as const)('%s: whoever has no stronger path against them wins', (rule) => {
    fc.assert(
      fc.property(ballots, (given) => {
        const prefer = (over: string, under: string) =>
          given.reduce((sum, { ranking = [], weight = 1 }) => {
            const [high, low] = [over, under].map((option) => ranking.findIndex(([named]) => named === option)) as [
              number,
              number,
            ];
            return high >= 0 && (low < 0 || high < low) ? sum + weight : sum;
          }, 0);
        const strength = (over: string, under: string) => {
          const [votes, against] = [prefer(over, under), prefer(under, over)];
          return votes <= against ? 0 : rule === 'SCHULZE' ? votes : votes - against;
        };
        const path = (from: string, to: string) => strongestPath(strength, OPTIONS, from, to);
        const unbeaten = OPTIONS.filter((option) =>
          OPTIONS.every((other) => other === option || path(option, other) >= path(other, option)),
        );
        expect(count(electionOf(rule, given, 1)).winners).toEqual(unbeaten);
      }),
      { numRuns: 120 },
    );
  });

  it('MAJORITY_JUDGMENT: ranked by the majority values, grade by grade', () => {
    const graded = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(graded, (given) => {
        const options = OPTIONS.slice(0, 4);
        const papers = given.map((grades) => ({
          scores: grades.map((score, index) => ({ option: options[index] as string, score })),
        }));
        const values = options.map((_, index) =>
          majorityValue(given.map((grades) => grades[index] as number)).join(''),
        );
        const order = [...new Set(values)].sort().reverse();
        const expected = order.map((value) => options.filter((_, index) => values[index] === value));
        expect(count({ rule: 'MAJORITY_JUDGMENT', seats: 1, options, ballots: papers }).ranking).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
