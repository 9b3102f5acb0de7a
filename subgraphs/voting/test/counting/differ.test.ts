import { count } from '../../src/counting/count.ts';
import type { CountingRule, Election, ElectionBallot } from '../../src/counting/types.ts';
import { election, rankings, scores } from './profiles.ts';

// Profiles that tell the rules apart: of any two rules that read the same ballots, some row below has them elect differently.

interface Row {
  options: string;
  ballots: ElectionBallot[];
  more?: Partial<Election>;
  elects: Partial<Record<CountingRule, string>>;
}

const ROWS: Row[] = [
  {
    options: 'A B C D',
    ballots: rankings('8: D', '7: C > A', '2: B > C > D > A', '12: B > C > A', '4: C', '8: D > B > A > C', '9: A > D'),
    elects: {
      PLURALITY: 'D',
      INSTANT_RUNOFF: 'D',
      APPROVAL: 'A',
      SCHULZE_MARGINS: 'A',
      SCHULZE: 'C',
      RANKED_PAIRS: 'C',
      MINIMAX: 'C',
      COPELAND: 'B',
      BORDA: 'B',
    },
  },
  {
    options: 'A B C D E',
    ballots: rankings(
      '8: A > E',
      '1: B > E > D',
      '2: A > D > B > C',
      '7: D > C > E > A > B',
      '4: C > D',
      '7: E > B',
      '7: B > C > D > A > E',
    ),
    elects: {
      PLURALITY: 'A',
      INSTANT_RUNOFF: 'B',
      APPROVAL: 'E',
      SCHULZE_MARGINS: 'D',
      SCHULZE: 'D',
      RANKED_PAIRS: 'C',
      MINIMAX: 'D',
      COPELAND: 'C',
      BORDA: 'D',
    },
  },
  {
    options: 'A B C D',
    ballots: rankings(
      '12: C > D > A',
      '2: C > A > D > B',
      '1: D',
      '10: B > A > D > C',
      '9: A > C > D > B',
      '4: B > C > D',
      '9: B > D > A',
    ),
    elects: {
      PLURALITY: 'B',
      INSTANT_RUNOFF: 'B',
      APPROVAL: 'D',
      SCHULZE_MARGINS: 'A',
      SCHULZE: 'A',
      RANKED_PAIRS: 'A',
      MINIMAX: 'B',
      COPELAND: 'D',
      BORDA: 'A',
    },
  },
  {
    // The quota is 24 in whole votes and 23.3334 in four places: B has it in the one case and not in the other.
    options: 'A B C D E',
    ballots: rankings('1: A > B > E', '9: A', '18: E > C > B > A', '18: D > B', '17: E > C', '7: C > D > A > E'),
    more: { seats: 2 },
    elects: { STV_SCOTTISH: 'D E', STV_WIGM: 'C E', STV_MEEK: 'C E' },
  },
  {
    // Meek passes C's later surplus on from all who helped C, and lowers the quota as ballots are exhausted.
    options: 'A B C D E',
    ballots: rankings(
      '15: C > D',
      '17: E > B > D > C',
      '18: C > E',
      '10: C',
      '19: A > C > B > E',
      '7: A > D > C > B > E',
      '12: C > D',
    ),
    more: { seats: 2 },
    elects: { STV_SCOTTISH: 'A C', STV_WIGM: 'A C', STV_MEEK: 'C E' },
  },
  {
    // A has the highest sum; more prefer B to A; C has the best median grade.
    options: 'A B C',
    ballots: scores('4: A5 B0 C3', '3: A1 B5 C3', '2: A2 B3 C0'),
    more: { maxScore: 5 },
    elects: { SUM: 'A', STAR: 'B', MAJORITY_JUDGMENT: 'C', QUADRATIC: 'A' },
  },
];

const elected = (rule: CountingRule, { options, ballots, more }: Row) =>
  [...count(election(rule, options, ballots, more)).winners].sort().join(' ');

describe('the table of differences', () => {
  const cells = ROWS.flatMap((row, index) =>
    Object.entries(row.elects).map(([rule, who]) => [index + 1, rule, who] as const),
  );

  it.each(cells)('profile %i under %s elects %s', (index, rule, who) => {
    expect(elected(rule as CountingRule, ROWS[index - 1] as Row)).toBe(who);
  });

  const families: CountingRule[][] = [
    [
      'PLURALITY',
      'APPROVAL',
      'INSTANT_RUNOFF',
      'SCHULZE',
      'SCHULZE_MARGINS',
      'RANKED_PAIRS',
      'MINIMAX',
      'COPELAND',
      'BORDA',
    ],
    ['STV_SCOTTISH', 'STV_WIGM', 'STV_MEEK'],
    ['SUM', 'STAR', 'MAJORITY_JUDGMENT'],
    ['QUADRATIC', 'STAR'],
    ['QUADRATIC', 'MAJORITY_JUDGMENT'],
  ];
  const pairs = families.flatMap((rules) =>
    rules.flatMap((one, at) => rules.slice(at + 1).map((other) => [one, other] as const)),
  );

  it.each(pairs)('tells %s from %s', (one, other) => {
    const apart = ROWS.filter(({ elects }) => elects[one] !== undefined && elects[one] !== elects[other]);
    expect(apart.length).toBeGreaterThan(0);
  });

  it('tells QUADRATIC from SUM by the ballots that it refuses', () => {
    const [row] = ROWS.slice(-1) as [Row];
    expect(() => elected('QUADRATIC', { ...row, more: { credits: 30 } })).toThrow(
      expect.objectContaining({ code: 'OVER_BUDGET' }),
    );
    expect(elected('SUM', row)).toBe('A');
  });
});
