import { readFileSync } from 'node:fs';
import { count } from '../../src/counting/count.ts';
import { decimal } from '../../src/counting/exact.ts';
import { electionOf, readElectionFile, withTitles } from '../../src/counting/read-file.ts';
import type { Count, CountingRule, Election } from '../../src/counting/types.ts';
import { scottish } from './naive.ts';

// Four public elections, ballot by ballot. Where the ballots come from stands at the head of each file.

function counted(name: string, rule: CountingRule): Count {
  const file = readElectionFile(name, readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8'));
  const election = electionOf(file, { rule });
  if (!election) throw new Error('The file has no rule.');
  return withTitles(count(election), file);
}

const of = (tallies: Count['tallies']) => Object.fromEntries(tallies.map(({ option, count }) => [option, count]));

// Published result: Burlington's election report, as en.wikipedia.org/wiki/2009_Burlington_mayoral_election and
// electowiki.org/wiki/2009_Burlington_mayoral_election give it.
describe('the mayor of Burlington, Vermont, 2009, by instant runoff', () => {
  const runoff = counted('burlington-2009-mayor.cvotes', 'INSTANT_RUNOFF');

  it('has the published first preferences, with four ballots that name two firsts', () => {
    expect(runoff.cast).toBe('8980');
    expect(of(runoff.rounds[0]?.tallies ?? [])).toEqual({
      'Kurt Wright': '2951',
      'Bob Kiss': '2585',
      'Andy Montroll': '2063',
      'Dan Smith': '1306',
      'James Simpson': '35',
      'Write-In': '36',
    });
    expect(runoff.rounds[0]?.exhausted).toBe('4');
  });

  it('ends 4,313 to 4,061 of 8,374 votes for Kiss over Wright, who led before', () => {
    const last = runoff.rounds.at(-1);
    expect(of(last?.tallies ?? [])).toEqual({ 'Bob Kiss': '4313', 'Kurt Wright': '4061' });
    expect(last?.exhausted).toBe(String(8980 - 8374));
    expect(runoff.winners).toEqual(['Bob Kiss']);
  });

  it('excludes Montroll third, though more prefer him to each other candidate', () => {
    expect(runoff.rounds.at(-1)?.excluded).toEqual(['Andy Montroll']);
    for (const rule of ['SCHULZE', 'SCHULZE_MARGINS', 'RANKED_PAIRS', 'MINIMAX', 'COPELAND', 'BORDA'] as const) {
      expect(counted('burlington-2009-mayor.cvotes', rule).winners).toEqual(['Andy Montroll']);
    }
    expect(counted('burlington-2009-mayor.cvotes', 'PLURALITY').winners).toEqual(['Kurt Wright']);
  });

  it('has the published comparisons of Montroll', () => {
    const duels = counted('burlington-2009-mayor.cvotes', 'COPELAND').rounds[0]?.duels.filter(
      ({ over }) => over === 'Andy Montroll',
    );
    expect(
      Object.fromEntries(duels?.map(({ under, votes, against }) => [under, `${votes} to ${against}`]) ?? []),
    ).toEqual({
      'Bob Kiss': '4067 to 3477',
      'Dan Smith': '4573 to 2998',
      'James Simpson': '6267 to 591',
      'Write-In': '6658 to 104',
      'Kurt Wright': '4597 to 3668',
    });
  });
});

// Published result: one Conservative, one SNP and one Labour councillor, MacLaren, Don and McCulloch (Renfrewshire Council;
// en.wikipedia.org/wiki/2017_Renfrewshire_Council_election). The council's figures of the stages are not at
// hand; these are what the law's own words give, paper by paper: the surplus of 1,148 of 2,552 makes each of MacLaren's papers worth
// 0.44984, that of 379 of 1,783 each of Don's 0.21256.
describe('Bishopton, Bridge of Weir and Langbank, Renfrewshire, 2017, by Scottish STV', () => {
  const [DON, HARRISON, HOFER, MACLAREN, MCCULLOCH] = [
    'Natalie Don (Scottish National Party)',
    'Elliot Harrison (Liberal Democrat)',
    'Ellen Höfer-Franz (Green)',
    'James MacLaren (Conservative and Unionist)',
    'Colin McCulloch (Labour)',
  ] as const;
  const ward = counted('renfrewshire-2017-ward11.blt', 'STV_SCOTTISH');

  it('elects MacLaren and Don at the first stage, McCulloch at the fourth', () => {
    expect(ward.winners).toEqual([MACLAREN, DON, MCCULLOCH]);
    expect(ward.rounds.map(({ elected }) => elected)).toEqual([[MACLAREN, DON], [], [], [MCCULLOCH]]);
  });

  it('goes through the stages of the law, to the fifth decimal place', () => {
    const stages = ward.rounds.map(({ reason, threshold, exhausted, tallies }) => ({
      reason,
      threshold,
      exhausted,
      ...of(tallies),
    }));
    expect(stages).toEqual([
      {
        reason: 'FIRST_COUNT',
        threshold: '1404',
        exhausted: '0',
        [DON]: '1783',
        [HARRISON]: '212',
        [HOFER]: '170',
        [MACLAREN]: '2552',
        [MCCULLOCH]: '896',
      },
      {
        reason: 'SURPLUS',
        threshold: '1404',
        exhausted: '444.90008',
        [DON]: '1783',
        [HARRISON]: '537.68416',
        [HOFER]: '230.7284',
        [MACLAREN]: '1404',
        [MCCULLOCH]: '1212.68736',
      },
      {
        reason: 'SURPLUS',
        threshold: '1404',
        exhausted: '530.56728',
        [DON]: '1404',
        [HARRISON]: '578.49568',
        [HOFER]: '406.94064',
        [MACLAREN]: '1404',
        [MCCULLOCH]: '1288.9964',
      },
      {
        reason: 'EXCLUSION',
        threshold: '1404',
        exhausted: '663.95376',
        [DON]: '1404',
        [HARRISON]: '733.7036',
        [MACLAREN]: '1404',
        [MCCULLOCH]: '1407.34264',
      },
    ]);
  });

  it('has every stage of a plain count of the papers one by one', () => {
    const file = readElectionFile(
      'x.blt',
      readFileSync(new URL('data/renfrewshire-2017-ward11.blt', import.meta.url), 'utf8'),
    );
    const election = electionOf(file, { rule: 'STV_SCOTTISH' }) as Election;
    const papers = scottish(election).map(({ votes }) =>
      Object.entries(votes).map(([option, held]) => [option, decimal(held, 5)]),
    );
    expect(ward.rounds.map(({ tallies }) => tallies.map(({ option, count }) => [option, count]))).toEqual(papers);
  });

  it('elects the same three under the other STV rules', () => {
    for (const rule of ['STV_WIGM', 'STV_MEEK'] as const) {
      expect([...counted('renfrewshire-2017-ward11.blt', rule).winners].sort()).toEqual([...ward.winners].sort());
    }
  });
});

// Published result, stage by stage: en.wikipedia.org/wiki/2012_Moray_Council_election, from the council's declaration. It gives one decimal place, of some
// figures rounded and of others cut, so each of ours lies within a tenth of it. Its quota of 699 and its 2,794 valid papers are met exactly.
describe('Speyside Glenlivet, Moray, 2012, by Scottish STV', () => {
  const ward = counted('moray-2012-ward1.blt', 'STV_SCOTTISH');
  const published: Record<string, [number, number, number]> = {
    'Fiona Murdoch (Independent)': [771, 699, 699],
    'Pearl Paul (Scottish National Party)': [759, 759, 699],
    'Mike McConnachie (Scottish National Party)': [639, 656.6, 705.6],
    'David Gambles (Conservative and Unionist)': [376, 393.2, 395],
    'Matthew Desmond (UKIP)': [160, 168, 170.1],
    'Don Gatt (UKIP)': [89, 96.1, 97.9],
  };

  it('has the published number of papers, quota and stages', () => {
    expect([ward.cast, ward.rounds[0]?.threshold, ward.rounds.length]).toEqual(['2794', '699', 3]);
    expect(ward.rounds.map(({ reason }) => reason)).toEqual(['FIRST_COUNT', 'SURPLUS', 'SURPLUS']);
  });

  it.each(Object.entries(published))('has the published figures of %s at every stage', (name, figures) => {
    const ours = ward.rounds.map(({ tallies }) => Number(of(tallies)[name]));
    expect(ours[0]).toBe(figures[0]);
    for (const [stage, figure] of figures.entries())
      expect(Math.abs((ours[stage] as number) - figure)).toBeLessThan(0.1);
  });

  it('elects Murdoch and Paul at the first stage and McConnachie at the third, as published', () => {
    const [murdoch, paul, mcConnachie] = Object.keys(published);
    expect(ward.rounds.map(({ elected }) => elected)).toEqual([[murdoch, paul], [], [mcConnachie]]);
  });
});

// Published result, stage by stage and to the fifth decimal place: the council's declaration, as github.com/gerrymulvenna/council17
// (2017/SCO/angus/S13002870/ResultsJson.json) has it: 6,685 valid papers, a quota of 1,338, three surpluses and an exclusion.
describe('Monifieth and Sidlaw, Angus, 2017, by Scottish STV', () => {
  const ward = counted('angus-2017-ward4.blt', 'STV_SCOTTISH');
  const FOTHERINGHAM = 'Craig Fotheringham (Conservative and Unionist)';
  const [HANDS, LAWRIE] = ['Sheila Hands (Scottish National Party)', 'Ben Lawrie (Liberal Democrat)'];
  const [STRACHAN, WHITESIDE] = ['Ray Strachan (Labour)', 'Beth Whiteside (Scottish National Party)'];
  const stages: { did: string; of?: string; elected: string[]; excluded: string[]; votes: Record<string, string> }[] = [
    {
      did: 'FIRST_COUNT',
      elected: [FOTHERINGHAM, HANDS],
      excluded: [],
      votes: { [FOTHERINGHAM]: '2901', [HANDS]: '1727', [LAWRIE]: '794', [STRACHAN]: '643', [WHITESIDE]: '620' },
    },
    {
      did: 'SURPLUS',
      of: FOTHERINGHAM,
      elected: [LAWRIE],
      excluded: [],
      votes: {
        ...{ [FOTHERINGHAM]: '1338', [HANDS]: '1727' },
        ...{ [LAWRIE]: '1476.62159', [STRACHAN]: '862.81816', [WHITESIDE]: '659.86898' },
      },
    },
    {
      did: 'SURPLUS',
      of: HANDS,
      elected: [],
      excluded: [],
      votes: {
        ...{ [FOTHERINGHAM]: '1338', [HANDS]: '1338' },
        ...{ [LAWRIE]: '1476.62159', [STRACHAN]: '878.35972', [WHITESIDE]: '1004.93666' },
      },
    },
    {
      did: 'SURPLUS',
      of: LAWRIE,
      elected: [],
      excluded: [],
      votes: {
        ...{ [FOTHERINGHAM]: '1338', [HANDS]: '1338' },
        ...{ [LAWRIE]: '1338', [STRACHAN]: '948.45459', [WHITESIDE]: '1021.37973' },
      },
    },
    {
      // His papers are of four values: first preferences, and those that three surpluses brought him.
      did: 'EXCLUSION',
      of: STRACHAN,
      elected: [WHITESIDE],
      excluded: [STRACHAN],
      votes: { [FOTHERINGHAM]: '1338', [HANDS]: '1338', [LAWRIE]: '1338', [WHITESIDE]: '1254.18686' },
    },
  ];

  it('has the published papers and quota, and as many stages', () => {
    expect([ward.cast, ward.rounds[0]?.threshold, ward.rounds.length]).toEqual(['6685', '1338', stages.length]);
  });

  it.each(stages.map((stage, index) => [index + 1, stage] as const))('has the published stage %i', (round, stage) => {
    const ours = ward.rounds[round - 1];
    const sources = [...new Set(ours?.transfers.map(({ from }) => from))];
    expect({
      did: ours?.reason,
      elected: ours?.elected,
      excluded: ours?.excluded,
      votes: of(ours?.tallies ?? []),
    }).toEqual({
      did: stage.did,
      elected: stage.elected,
      excluded: stage.excluded,
      votes: stage.votes,
    });
    expect(sources).toEqual(stage.of ? [stage.of] : []);
  });

  it('elects the four who were declared elected', () => {
    expect(ward.winners).toEqual([FOTHERINGHAM, HANDS, LAWRIE, WHITESIDE]);
  });
});
