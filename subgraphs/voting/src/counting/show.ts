import type { Count, CountRound, RoundReason, TieBreakBy } from './types.ts';

const REASONS: Record<RoundReason, string> = {
  FIRST_COUNT: 'first count',
  SURPLUS: 'a surplus is passed on',
  EXCLUSION: 'the fewest votes are excluded and passed on',
  DISTRIBUTION: 'the surplus is distributed',
  DUELS: 'every two options compared',
  LOCKED: 'victories that stand',
  SKIPPED: 'victories dropped, as they would close a circle',
  PATHS: 'strongest paths',
  RANKING: 'what the ranking goes by',
  RUNOFF: 'runoff of the two highest',
  STANCES: 'stances',
  TIE: 'a tie that nothing breaks',
};

const BY: Record<TieBreakBy, string> = {
  EARLIER_ROUNDS: 'by earlier rounds',
  SEED: 'by the seed',
  TOGETHER: 'all together, which changes no winner',
  NO_EFFECT: 'in published order, which changes no winner',
  HEAD_TO_HEAD: 'by comparing the tied',
  SCORES: 'by the higher sum',
  TOP_SCORES: 'by the highest scores',
  NONE: 'not broken',
};

function showRound(part: CountRound): string[] {
  const { round, reason, tallies, transfers, duels, elected, excluded, exhausted, threshold } = part;
  const width = Math.max(0, ...tallies.map(({ option }) => option.length));
  return [
    `Round ${round}: ${REASONS[reason]}${threshold === null ? '' : ` (needed: ${threshold})`}`,
    ...tallies.map(({ option, count }) => `  ${option.padEnd(width)}  ${count}`),
    ...duels.map(({ over, under, votes, against }) => `  ${over} over ${under}: ${votes} to ${against}`),
    ...transfers.map(({ from, to, count }) => `  ${from} -> ${to ?? '(exhausted)'}: ${count}`),
    ...(exhausted === '0' ? [] : [`  exhausted: ${exhausted}`]),
    ...(excluded.length > 0 ? [`  excluded: ${excluded.join(', ')}`] : []),
    ...(elected.length > 0 ? [`  elected: ${elected.join(', ')}`] : []),
  ];
}

/** A count for people, line by line. */
export function showCount(count: Count): string[] {
  const { rule, seats, winners, ranking, rounds, tieBreaks, openSeats, cast, blank, stances } = count;
  return [
    `${rule}, ${seats} ${seats === 1 ? 'seat' : 'seats'}, ${cast} votes, ${blank} of them blank`,
    '',
    ...rounds.flatMap((part) => [...showRound(part), '']),
    ...(stances ?? []).map(({ stance, count: weight }) => `${stance}: ${weight}`),
    ...tieBreaks.map(
      ({ round, among, chosen, by }) =>
        `Tie in round ${round}: ${among.join(', ')}: ${BY[by]}${chosen.length > 0 ? `: ${chosen.join(', ')}` : ''}`,
    ),
    'Ranking',
    ...ranking.map((rank, at) => `  ${at + 1}. ${rank.join(' = ')}`),
    '',
    `Winners: ${winners.length > 0 ? winners.join(', ') : 'none'}`,
    ...(openSeats ? [`Tied for ${openSeats.seats}: ${openSeats.options.join(', ')}`] : []),
  ];
}
