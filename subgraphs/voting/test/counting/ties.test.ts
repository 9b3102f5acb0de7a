import { count } from '../../src/counting/count.ts';
import { drawLots } from '../../src/counting/lots.ts';
import { election, rankings, scores } from './profiles.ts';

describe('a tie for exclusion', () => {
  it('goes by the most recent earlier round in which the tied differed', () => {
    // B has 4 at first and C 5; D brings B up to 5, so both are last, and B had fewer.
    const found = count(election('INSTANT_RUNOFF', 'A B C D', rankings('7: A', '4: B > A', '5: C', '1: D > B')));
    expect(found.tieBreaks).toEqual([
      { round: 2, about: 'EXCLUSION', among: ['B', 'C'], chosen: ['B'], by: 'EARLIER_ROUNDS' },
    ]);
    expect(found.rounds.map(({ excluded }) => excluded)).toEqual([[], ['D'], ['B']]);
  });

  it('then by the seed, which everybody can draw again', () => {
    const ballots = rankings('5: A', '3: B > C', '3: C > B');
    const options = ['A', 'B', 'C'];
    for (const seed of ['x', 'y', 'z', '1', '2']) {
      const found = count({ rule: 'INSTANT_RUNOFF', seats: 1, options, ballots, seed });
      const lots = drawLots(seed, 3);
      const out = (lots[1] as number) > (lots[2] as number) ? 'B' : 'C';
      expect(found.tieBreaks).toEqual([{ round: 1, about: 'EXCLUSION', among: ['B', 'C'], chosen: [out], by: 'SEED' }]);
      expect(found.winners).toEqual([out === 'B' ? 'C' : 'B']);
    }
  });

  it('else excludes all of the tied together, where that changes no winner', () => {
    const found = count(election('INSTANT_RUNOFF', 'A B C D', rankings('9: A', '7: B', '2: C > B', '2: D > B')));
    expect(found.tieBreaks).toEqual([
      { round: 1, about: 'EXCLUSION', among: ['C', 'D'], chosen: ['C', 'D'], by: 'TOGETHER' },
    ]);
    expect([found.winners, found.openSeats]).toEqual([['B'], null]);
  });

  it('follows what each exclusion would do: the same winner either way, all together too', () => {
    // Together C and D have more than B, so nothing but following both ways shows that A wins by either.
    const found = count(election('INSTANT_RUNOFF', 'A B C D', rankings('9: A', '5: B > A', '3: C > A', '3: D > A')));
    expect(found.tieBreaks.map(({ by }) => by)).toEqual(['TOGETHER']);
    expect([found.winners, found.openSeats]).toEqual([['A'], null]);
  });

  it('excludes one in published order where one at a time changes no winner but all together would', () => {
    // Either of C and D helps the other past B, and A beats each of them; without both, B would meet A and win.
    const ballots = rankings('10: A > C', '7: B > A', '4: C > D > B', '4: D > C > B');
    const found = count(election('INSTANT_RUNOFF', 'A B C D', ballots));
    expect(found.tieBreaks).toEqual([
      { round: 1, about: 'EXCLUSION', among: ['C', 'D'], chosen: ['C'], by: 'NO_EFFECT' },
    ]);
    expect(found.winners).toEqual(['A']);
    expect(count(election('INSTANT_RUNOFF', 'A B', rankings('10: A', '7: B > A', '8: B'))).winners).toEqual(['B']);
  });

  it('stays a tie where it decides: whoever some way elects is a winner, and the rounds end there', () => {
    const found = count(election('INSTANT_RUNOFF', 'A B C D', rankings('5: A', '3: B > C', '3: C > B', '1: D')));
    expect(found.winners).toEqual(['B', 'C']);
    expect(found.openSeats).toEqual({ seats: 1, options: ['B', 'C'] });
    expect(found.ranking).toEqual([['B', 'C'], ['A'], ['D']]);
    expect(found.rounds.map(({ reason }) => reason)).toEqual(['FIRST_COUNT', 'EXCLUSION', 'TIE']);
    expect(found.tieBreaks).toEqual([{ round: 2, about: 'EXCLUSION', among: ['B', 'C'], chosen: [], by: 'NONE' }]);
  });

  it('leaves the certain winners certain and opens the other seats only', () => {
    const found = count(election('STV_SCOTTISH', 'A B C D', rankings('10: A', '4: B', '4: C', '1: D'), { seats: 2 }));
    expect(found.winners).toEqual(['A', 'B', 'C']);
    expect(found.openSeats).toEqual({ seats: 1, options: ['B', 'C'] });
  });

  it('may leave all tied, as it does twenty with a vote each, in bounded time', () => {
    const names = Array.from({ length: 20 }, (_, index) => `O${index}`);
    for (const rule of ['INSTANT_RUNOFF', 'STV_SCOTTISH', 'STV_WIGM', 'STV_MEEK'] as const) {
      const found = count({ rule, seats: 1, options: names, ballots: names.map((name) => ({ ranking: [[name]] })) });
      expect(found.winners).toEqual(names);
    }
  });

  it('does not take ballots that rank two of the tied alike for going the same way in any order', () => {
    // Without C first, the two with C > A = F mean neither A nor F; without F first, they mean A.
    const found = count(election('INSTANT_RUNOFF', 'A C D F', rankings('8: D', '2: F > D', '9: A', '2: C > A = F')));
    expect(found.winners).toEqual(['A', 'D']);
  });
});

describe('a tie of surpluses', () => {
  it('matters to nobody where both orders elect the same', () => {
    const found = count(
      election('STV_SCOTTISH', 'A B C D', rankings('20: A > C', '20: B > C', '3: C', '2: D'), { seats: 3 }),
    );
    expect(found.tieBreaks).toEqual([
      { round: 1, about: 'SURPLUS', among: ['A', 'B'], chosen: ['A'], by: 'NO_EFFECT' },
    ]);
    expect(found.winners).toEqual(['A', 'B', 'C']);
  });

  it('is drawn by the seed where there is one', () => {
    const ballots = rankings('20: A > C', '20: B > C', '3: C', '2: D');
    const found = count(election('STV_SCOTTISH', 'A B C D', ballots, { seats: 3, seed: 'x' }));
    expect(found.tieBreaks).toMatchObject([{ about: 'SURPLUS', by: 'SEED' }]);
  });
});

describe('a tie at the last seat', () => {
  const ballots = rankings('3: A', '2: B', '2: C', '1: D');

  it('gives more winners than seats, and says how many seats are open', () => {
    const found = count(election('PLURALITY', 'A B C D', ballots, { seats: 2 }));
    expect(found.winners).toEqual(['A', 'B', 'C']);
    expect(found.openSeats).toEqual({ seats: 1, options: ['B', 'C'] });
    expect(found.tieBreaks).toEqual([{ round: 1, about: 'ELECTION', among: ['B', 'C'], chosen: [], by: 'NONE' }]);
  });

  it('is drawn by the seed; what ties elsewhere stays', () => {
    const found = count(election('PLURALITY', 'A B C D E F', ballots, { seats: 2, seed: 'x' }));
    expect(found.winners).toHaveLength(2);
    expect(found.ranking.at(-1)).toEqual(['E', 'F']);
    expect(found.tieBreaks).toMatchObject([{ among: ['B', 'C'], by: 'SEED' }]);
  });

  it('is none where the seats go just up to the tied', () => {
    expect(count(election('PLURALITY', 'A B C D', ballots, { seats: 3 })).openSeats).toBeNull();
  });
});

describe('nothing to count', () => {
  it.each([
    'PLURALITY',
    'APPROVAL',
    'INSTANT_RUNOFF',
    'SCHULZE',
    'RANKED_PAIRS',
    'BORDA',
    'STV_SCOTTISH',
    'STV_MEEK',
  ] as const)('elects nobody under %s and leaves all equal', (rule) => {
    for (const given of [[], rankings('4:')]) {
      const found = count(election(rule, 'A B', given));
      expect([found.winners, found.ranking, found.openSeats]).toEqual([[], [['A', 'B']], null]);
    }
  });

  it.each(['SUM', 'STAR', 'MAJORITY_JUDGMENT', 'QUADRATIC'] as const)('elects nobody under %s', (rule) => {
    for (const given of [[], scores('4:')]) expect(count(election(rule, 'A B', given)).winners).toEqual([]);
  });
});

describe('ties of STAR (starvoting.org/ties)', () => {
  const star = (...lines: string[]) => count(election('STAR', 'Amy Brian Chuck', scores(...lines), { maxScore: 5 }));
  const breaks = (found: ReturnType<typeof star>) => found.tieBreaks.map(({ by, chosen }) => [by, ...chosen]);

  it('for a place in the runoff: by comparing the tied', () => {
    const found = star('2: Amy5 Brian2 Chuck3', '1: Amy5 Brian5 Chuck3');
    expect(breaks(found)).toEqual([['HEAD_TO_HEAD', 'Chuck']]);
    expect(found.winners).toEqual(['Amy']);
  });

  it('then by the number of highest scores', () => {
    const found = star('1: Amy5 Brian5 Chuck3', '1: Amy5 Brian0 Chuck2');
    expect(breaks(found)).toEqual([['TOP_SCORES', 'Brian']]);
  });

  it('in the runoff: by the higher sum, then by the number of highest scores', () => {
    expect(breaks(star('1: Amy5 Brian3', '1: Amy1 Brian2'))).toEqual([['SCORES', 'Amy']]);
    const found = star('1: Brian5 Chuck3 Amy1', '1: Brian2 Chuck4 Amy1');
    expect(breaks(found)).toEqual([['TOP_SCORES', 'Brian']]);
    expect(found.winners).toEqual(['Brian']);
  });

  it('for one of several seats changes who meets for the next, so whoever some way elects may win', () => {
    // Amy is first. Brian and Chuck are alike in all: if Chuck goes second, Dora beats Brian for the third seat, and the other way round.
    const ballots = scores('2: Amy0 Brian3 Chuck3 Dora0', '3: Amy2 Brian0 Chuck0 Dora1');
    const found = count(election('STAR', 'Amy Brian Chuck Dora', ballots, { seats: 3 }));
    expect(found.winners).toEqual(['Amy', 'Dora', 'Brian', 'Chuck']);
    expect(found.openSeats).toEqual({ seats: 1, options: ['Brian', 'Chuck'] });
    const elected = ['a', 'b', 'c', 'd', 'e', 'f'].map((seed) =>
      count(election('STAR', 'Amy Brian Chuck Dora', ballots, { seats: 3, seed })).winners.join(),
    );
    expect([...new Set(elected)].sort()).toEqual(['Amy,Brian,Dora', 'Amy,Chuck,Dora']);
  });

  it('stays a tie of those whom some place in the runoff would let win', () => {
    const found = star('1: Amy3 Brian3', '1: Brian3 Amy3');
    expect(found.winners).toEqual(['Amy', 'Brian']);
    expect(found.openSeats).toEqual({ seats: 1, options: ['Amy', 'Brian'] });
  });
});
