import { rankedProfile } from './ballots.ts';
import { decimal, halves } from './exact.ts';
import { allOptions, asCount, ranked, round, tallyOf } from './outcome.ts';
import { asDuels, comparePairs, type Pairs, preferring, rankUnbeaten, victories } from './pairs.ts';
import type { Count, CountRound, Election } from './types.ts';

// COPELAND, MINIMAX and SCHULZE: what they make of the comparison of every two options.

/** How many others each option beats, in halves: an equal pair is half a victory for both. */
export function duelsWon(pairs: Pairs): number[] {
  return Array.from({ length: pairs.size }, (_, option) => {
    let won = 0;
    for (let other = 0; other < pairs.size; other++) {
      const difference = preferring(pairs, option, other) - preferring(pairs, other, option);
      if (other !== option) won += difference > 0 ? 2 : difference === 0 ? 1 : 0;
    }
    return won;
  });
}

export const duelRound = (election: Election, pairs: Pairs): CountRound =>
  round(1, 'DUELS', { duels: asDuels(election, victories(pairs)) });

export function pairsOf(election: Election) {
  const profile = rankedProfile(election);
  return { profile, pairs: comparePairs(profile, election.unranked !== 'ABSENT') };
}

export function countCopeland(election: Election): Count {
  const { profile, pairs } = pairsOf(election);
  const won = duelsWon(pairs);
  const tallies = won.map(halves);
  return asCount(election, profile, {
    ranking: ranked(allOptions(election), (option) => won[option] as number),
    tallies,
    rounds: [duelRound(election, pairs), round(2, 'RANKING', { tallies: tallyOf(election, tallies) })],
    tieBreaks: [],
  });
}

/** By winning votes: the most votes that any other option beats this one with; the fewer the better. */
export function countMinimax(election: Election): Count {
  const { profile, pairs } = pairsOf(election);
  const worst = new Array<number>(pairs.size).fill(0);
  for (const { under, votes } of victories(pairs)) worst[under] = Math.max(worst[under] as number, votes);
  const tallies = worst.map((votes) => decimal(votes));
  return asCount(election, profile, {
    ranking: ranked(allOptions(election), (option) => -(worst[option] as number)),
    tallies,
    rounds: [duelRound(election, pairs), round(2, 'RANKING', { tallies: tallyOf(election, tallies) })],
    tieBreaks: [],
  });
}

/** The strength of the strongest path between every two options; a path is as strong as its weakest victory. */
function strongestPaths(pairs: Pairs, margins: boolean): Float64Array {
  const { size } = pairs;
  const paths = new Float64Array(size * size);
  for (const { over, under, votes, against } of victories(pairs)) {
    paths[over * size + under] = margins ? votes - against : votes;
  }
  for (let via = 0; via < size; via++) {
    for (let from = 0; from < size; from++) {
      const first = paths[from * size + via] as number;
      if (first === 0 || from === via) continue;
      for (let to = 0; to < size; to++) {
        const through = Math.min(first, paths[via * size + to] as number);
        if (to !== from && through > (paths[from * size + to] as number)) paths[from * size + to] = through;
      }
    }
  }
  return paths;
}

export function countSchulze(election: Election): Count {
  const { profile, pairs } = pairsOf(election);
  const { size } = pairs;
  const paths = { size, matrix: strongestPaths(pairs, election.rule === 'SCHULZE_MARGINS') };
  const beats = (over: number, under: number) => preferring(paths, over, under) > preferring(paths, under, over);
  const won = duelsWon(paths).map(halves);
  return asCount(election, profile, {
    ranking: rankUnbeaten(election, beats),
    tallies: won,
    rounds: [
      duelRound(election, pairs),
      round(2, 'PATHS', { duels: asDuels(election, victories(paths)), tallies: tallyOf(election, won) }),
    ],
    tieBreaks: [],
  });
}
