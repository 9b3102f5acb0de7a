import { count } from '../../src/counting/count.ts';
import type { CountingRule } from '../../src/counting/types.ts';
import { election, rankings, scores } from './profiles.ts';

// Profiles whose results are in textbooks.

const winner = (rule: CountingRule, options: string, ballots: ReturnType<typeof rankings>, more = {}) =>
  count(election(rule, options, ballots, more));
const tallies = (rule: CountingRule, options: string, ballots: ReturnType<typeof rankings>, more = {}) =>
  Object.fromEntries(winner(rule, options, ballots, more).tallies.map(({ option, count }) => [option, count]));

describe('the capital of Tennessee (Wikipedia, in the article on each rule)', () => {
  const CITIES = 'Memphis Nashville Chattanooga Knoxville';
  const BALLOTS = rankings(
    '42: Memphis > Nashville > Chattanooga > Knoxville',
    '26: Nashville > Chattanooga > Knoxville > Memphis',
    '15: Chattanooga > Knoxville > Nashville > Memphis',
    '17: Knoxville > Chattanooga > Nashville > Memphis',
  );

  it.each([
    ['PLURALITY', [['Memphis'], ['Nashville'], ['Knoxville'], ['Chattanooga']]],
    ['INSTANT_RUNOFF', [['Knoxville'], ['Memphis'], ['Nashville'], ['Chattanooga']]],
    ['BORDA', [['Nashville'], ['Chattanooga'], ['Memphis'], ['Knoxville']]],
    ['COPELAND', [['Nashville'], ['Chattanooga'], ['Knoxville'], ['Memphis']]],
    ['MINIMAX', [['Nashville'], ['Memphis'], ['Chattanooga'], ['Knoxville']]],
    ['RANKED_PAIRS', [['Nashville'], ['Chattanooga'], ['Knoxville'], ['Memphis']]],
    ['SCHULZE', [['Nashville'], ['Chattanooga'], ['Knoxville'], ['Memphis']]],
    ['SCHULZE_MARGINS', [['Nashville'], ['Chattanooga'], ['Knoxville'], ['Memphis']]],
  ] as const)('%s', (rule, ranking) => {
    expect(winner(rule, CITIES, BALLOTS).ranking).toEqual(ranking);
  });

  it('BORDA gives the points of the article', () => {
    expect(tallies('BORDA', CITIES, BALLOTS)).toEqual({
      Memphis: '126',
      Nashville: '194',
      Chattanooga: '173',
      Knoxville: '107',
    });
  });

  it('INSTANT_RUNOFF moves Chattanooga, then Nashville, to Knoxville', () => {
    const { rounds } = winner('INSTANT_RUNOFF', CITIES, BALLOTS);
    expect(rounds.map(({ excluded, transfers, threshold }) => ({ excluded, transfers, threshold }))).toEqual([
      { excluded: [], transfers: [], threshold: '51' },
      {
        excluded: ['Chattanooga'],
        transfers: [{ from: 'Chattanooga', to: 'Knoxville', count: '15' }],
        threshold: '51',
      },
      { excluded: ['Nashville'], transfers: [{ from: 'Nashville', to: 'Knoxville', count: '26' }], threshold: '51' },
    ]);
    expect(rounds.at(-1)).toMatchObject({
      tallies: [
        { option: 'Memphis', count: '42' },
        { option: 'Knoxville', count: '58' },
      ],
      elected: ['Knoxville'],
      exhausted: '0',
    });
  });

  it('MINIMAX by the winning votes of the worst defeat', () => {
    expect(tallies('MINIMAX', CITIES, BALLOTS)).toEqual({
      Memphis: '58',
      Nashville: '0',
      Chattanooga: '68',
      Knoxville: '83',
    });
  });

  it('STAR: Nashville has the highest sum and wins the runoff 68 to 32', () => {
    const stars = scores(
      '42: Memphis5 Nashville2 Chattanooga1 Knoxville0',
      '26: Memphis0 Nashville5 Chattanooga2 Knoxville1',
      '15: Memphis0 Nashville3 Chattanooga5 Knoxville4',
      '17: Memphis0 Nashville2 Chattanooga4 Knoxville5',
    );
    const { winners, rounds } = winner('STAR', CITIES, stars, { maxScore: 5 });
    expect(winners).toEqual(['Nashville']);
    expect(tallies('STAR', CITIES, stars)).toMatchObject({ Memphis: '210', Nashville: '293', Chattanooga: '237' });
    expect(rounds[1]?.duels).toEqual([{ over: 'Nashville', under: 'Chattanooga', votes: '68', against: '32' }]);
  });

  it('MAJORITY_JUDGMENT: of three with the median fair, Nashville', () => {
    const grades = scores(
      '42: Memphis3 Nashville1 Chattanooga0 Knoxville0',
      '26: Memphis0 Nashville3 Chattanooga1 Knoxville1',
      '15: Memphis0 Nashville1 Chattanooga3 Knoxville2',
      '17: Memphis0 Nashville1 Chattanooga2 Knoxville3',
    );
    const { winners } = winner('MAJORITY_JUDGMENT', CITIES, grades);
    expect(winners).toEqual(['Nashville']);
    expect(tallies('MAJORITY_JUDGMENT', CITIES, grades)).toEqual({
      Memphis: '0',
      Nashville: '1',
      Chattanooga: '1',
      Knoxville: '1',
    });
  });
});

describe('the examples of M. Schulze', () => {
  it('45 voters and five options: E > A > C > B > D (Wikipedia, Schulze method)', () => {
    const ballots = rankings(
      '5: A > C > B > E > D',
      '5: A > D > E > C > B',
      '8: B > E > D > A > C',
      '3: C > A > B > E > D',
      '7: C > A > E > B > D',
      '2: C > B > A > D > E',
      '7: D > C > E > B > A',
      '8: E > B > A > D > C',
    );
    const { ranking, rounds } = winner('SCHULZE', 'A B C D E', ballots);
    expect(ranking).toEqual([['E'], ['A'], ['C'], ['B'], ['D']]);
    // The strongest paths of the article: p[E,A] = 25 against p[A,E] = 24, p[E,D] = 31 against 24…
    const paths = rounds[1]?.duels.map(({ over, under, votes, against }) => `${over}${under} ${votes}-${against}`);
    expect(paths).toEqual(expect.arrayContaining(['EA 25-24', 'AC 28-25', 'CB 29-28', 'ED 31-24', 'BD 33-28']));
    expect(winner('SCHULZE_MARGINS', 'A B C D E', ballots).winners).toEqual(['E']);
  });

  it('21 voters and four options: D > A > C > B (example 1 of the paper, section 3.1)', () => {
    const ballots = rankings(
      '8: A > C > D > B',
      '2: B > A > D > C',
      '4: C > D > B > A',
      '4: D > B > A > C',
      '3: D > C > B > A',
    );
    expect(winner('SCHULZE', 'A B C D', ballots).ranking).toEqual([['D'], ['A'], ['C'], ['B']]);
  });
});

describe('the paradox of Condorcet', () => {
  it('ranked pairs drops the weakest victory of the circle, and says so', () => {
    const ballots = rankings('8: A > B > C', '7: B > C > A', '6: C > A > B');
    const { ranking, rounds, winners } = winner('RANKED_PAIRS', 'A B C', ballots);
    expect(rounds.map(({ reason, duels }) => [reason, duels.map(({ over, under }) => over + under)])).toEqual([
      ['DUELS', ['BC', 'AB', 'CA']],
      ['LOCKED', ['BC']],
      ['LOCKED', ['AB']],
      ['SKIPPED', ['CA']],
    ]);
    expect([winners, ranking]).toEqual([['A'], [['A'], ['B'], ['C']]]);
  });

  it('a perfect circle stays a tie of all, and a seed draws one of them', () => {
    const ballots = rankings('1: A > B > C', '1: B > C > A', '1: C > A > B');
    for (const rule of [
      'SCHULZE',
      'SCHULZE_MARGINS',
      'RANKED_PAIRS',
      'MINIMAX',
      'COPELAND',
      'BORDA',
      'INSTANT_RUNOFF',
    ] as const) {
      expect(winner(rule, 'A B C', ballots).winners).toEqual(['A', 'B', 'C']);
      expect(winner(rule, 'A B C', ballots, { seed: '2026-11-22' }).winners).toHaveLength(1);
    }
  });
});

describe('CONSENT', () => {
  const stances = (agree: number, abstain: number, object: number, block: number) =>
    (
      [
        ['AGREE', agree],
        ['ABSTAIN', abstain],
        ['OBJECT', object],
        ['BLOCK', block],
      ] as const
    ).flatMap(([consent, weight]) => (weight > 0 ? [{ consent, weight }] : []));

  it.each([
    [5, 3, 4, 0, true],
    [4, 0, 4, 0, false],
    [90, 0, 0, 1, false],
    [0, 9, 0, 0, false],
    [1, 9, 0, 0, true],
    [0, 0, 0, 0, false],
  ])('%i agree, %i abstain, %i object, %i block: adopted is %s', (agree, abstain, object, block, adopted) => {
    const found = count(election('CONSENT', 'proposal', stances(agree, abstain, object, block)));
    expect(found.winners).toEqual(adopted ? ['proposal'] : []);
    expect(found.stances).toEqual([
      { stance: 'AGREE', count: String(agree) },
      { stance: 'ABSTAIN', count: String(abstain) },
      { stance: 'OBJECT', count: String(object) },
      { stance: 'BLOCK', count: String(block) },
    ]);
    expect(found.blank).toBe(String(abstain));
  });
});

describe('points', () => {
  it('BORDA: tied and unranked options share the average of their points', () => {
    expect(tallies('BORDA', 'A B C D', rankings('1: A > B = C'))).toEqual({ A: '3', B: '1.5', C: '1.5', D: '0' });
    expect(tallies('BORDA', 'A B C D', rankings('1: A'))).toEqual({ A: '3', B: '1', C: '1', D: '1' });
    expect(tallies('BORDA', 'A B C D', rankings('3: B = D'))).toEqual({ A: '1.5', B: '7.5', C: '1.5', D: '7.5' });
  });

  it('BORDA: where the unranked are absent, being ranked last is worth a point more', () => {
    expect(tallies('BORDA', 'A B C', rankings('1: A > B'), { unranked: 'ABSENT' })).toEqual({ A: '3', B: '2', C: '0' });
  });

  it('PLURALITY reads first preferences of rankings, and several firsts as none', () => {
    const found = winner('PLURALITY', 'A B C', rankings('2: A > B', '3: B', '4: A = C', '1:'));
    expect(found.tallies.map(({ count }) => count)).toEqual(['2', '3', '0']);
    expect([found.cast, found.blank]).toEqual(['10', '5']);
  });

  it('QUADRATIC adds votes, below zero too, and refuses who spends too much', () => {
    const votes = scores('2: A3 B-1', '1: B4');
    expect(tallies('QUADRATIC', 'A B', votes, { credits: 16 })).toEqual({ A: '6', B: '2' });
    expect(() => winner('QUADRATIC', 'A B', votes, { credits: 15 })).toThrow(
      expect.objectContaining({ code: 'OVER_BUDGET', ballot: 1 }),
    );
  });
});
