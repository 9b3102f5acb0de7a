import { choiceProfile, type Profile, type Ranks, rankedProfile, scoredProfile } from './ballots.ts';
import { decimal, halves } from './exact.ts';
import { allOptions, asCount, ranked, round, tallyOf } from './outcome.ts';
import type { Count, Election } from './types.ts';

// The rules that add up and rank by the sum: PLURALITY, APPROVAL, SUM, QUADRATIC, BORDA.

function bySums(
  election: Election,
  profile: Profile<unknown>,
  sums: readonly number[],
  show: (sum: number) => string,
): Count {
  const tallies = sums.map((sum) => show(sum));
  return asCount(election, profile, {
    ranking: ranked(allOptions(election), (option) => sums[option] as number),
    tallies,
    rounds: [round(1, 'FIRST_COUNT', { tallies: tallyOf(election, tallies) })],
    tieBreaks: [],
  });
}

function sumsOf<Said>(profile: Profile<Said>, add: (said: Said, weight: number, sums: number[]) => void): number[] {
  const sums = new Array<number>(profile.size).fill(0);
  for (const { said, weight } of profile.groups) add(said, weight, sums);
  return sums;
}

const addChosen = (chosen: readonly number[], weight: number, sums: number[]) => {
  for (const option of chosen) sums[option] = (sums[option] as number) + weight;
};

const addScores = (scores: readonly number[], weight: number, sums: number[]) => {
  for (const [option, score] of scores.entries()) sums[option] = (sums[option] as number) + score * weight;
};

/** Of a ranking, the first preference counts; several firsts are none, as on a paper with two crosses. */
export function countPlurality(election: Election): Count {
  const profile = choiceProfile(election, election.maxChoices ?? 1, ([first]) => (first?.length === 1 ? first : []));
  return bySums(election, profile, sumsOf(profile, addChosen), decimal);
}

/** Of a ranking, everybody who is ranked is approved. */
export function countApproval(election: Election): Count {
  const limit = election.maxChoices ?? election.options.length;
  const profile = choiceProfile(election, limit, (ranking) => ranking.flat());
  return bySums(election, profile, sumsOf(profile, addChosen), decimal);
}

/** SUM and QUADRATIC: what is not scored gets nothing. */
export function countScores(election: Election): Count {
  const profile = scoredProfile(election, 0);
  return bySums(election, profile, sumsOf(profile, addScores), decimal);
}

/**
 * Adds up in halves of a point: n-1 for the first of n, one less for each that stands before; those who share a rank share its points.
 * Where ballots say nothing of the unranked, a ranked last is worth more than not being ranked: n for the first, nothing for them.
 */
function addBorda(ranks: Ranks, weight: number, sums: number[], last: boolean): void {
  const top = last ? sums.length - 1 : sums.length;
  const unranked = last ? new Set(sums.keys()) : null;
  let before = 0;
  const share = (rank: readonly number[]) => {
    for (const option of rank) {
      sums[option] = (sums[option] as number) + (2 * (top - before) - (rank.length - 1)) * weight;
      unranked?.delete(option);
    }
    before += rank.length;
  };
  for (const rank of ranks) share(typeof rank === 'number' ? [rank] : rank);
  if (unranked && unranked.size > 0) share([...unranked]);
}

export function countBorda(election: Election): Count {
  const last = election.unranked !== 'ABSENT';
  const profile = rankedProfile(election);
  const sums = sumsOf<Ranks>(profile, (ranks, weight, into) => addBorda(ranks, weight, into, last));
  return bySums(election, profile, sums, halves);
}
