import type { Profile, Ranks } from './ballots.ts';
import { allOptions } from './outcome.ts';
import type { Duel, Election } from './types.ts';

/** For each two options, how many prefer the first: `matrix[over * size + under]`. */
export interface Pairs {
  size: number;
  matrix: Float64Array;
}

export const preferring = ({ size, matrix }: Pairs, over: number, under: number): number =>
  matrix[over * size + under] as number;

/** A place below every rank: there are fewer options. */
const BELOW = 255;

/** `last`: whoever is not ranked is below all who are; else a ballot says nothing about them. */
export function comparePairs({ size, groups }: Profile<Ranks>, last: boolean): Pairs {
  const matrix = new Float64Array(size * size);
  const places = new Uint8Array(size);
  for (const { said, weight } of groups) {
    // Nothing is above place 0, so it says nothing of whoever is compared with it.
    places.fill(last ? BELOW : 0);
    for (const [at, rank] of said.entries()) {
      if (typeof rank === 'number') places[rank] = at + 1;
      else for (const option of rank) places[option] = at + 1;
    }
    for (let over = 0; over < size; over++) {
      const [row, place] = [over * size, places[over] as number];
      if (place === 0) continue;
      for (let under = 0; under < size; under++) {
        if (place < (places[under] as number)) matrix[row + under] = (matrix[row + under] as number) + weight;
      }
    }
  }
  return { size, matrix };
}

/** The same of ballots that score: a higher score is a preference. */
export function compareScores({ size, groups }: Profile<readonly number[]>): Pairs {
  const matrix = new Float64Array(size * size);
  for (const { said, weight } of groups) {
    for (let over = 0; over < size; over++) {
      const [row, score] = [over * size, said[over] as number];
      for (let under = 0; under < size; under++) {
        if (score > (said[under] as number)) matrix[row + under] = (matrix[row + under] as number) + weight;
      }
    }
  }
  return { size, matrix };
}

export interface Victory {
  over: number;
  under: number;
  votes: number;
  against: number;
}

/** Every pair that more prefer one way than the other; most winning votes first, then fewest against. */
export function victories(pairs: Pairs): Victory[] {
  const won: Victory[] = [];
  for (let over = 0; over < pairs.size; over++) {
    for (let under = 0; under < pairs.size; under++) {
      const [votes, against] = [preferring(pairs, over, under), preferring(pairs, under, over)];
      if (votes > against) won.push({ over, under, votes, against });
    }
  }
  return won.sort((a, b) => b.votes - a.votes || a.against - b.against || a.over - b.over || a.under - b.under);
}

export function asDuels(election: Election, won: readonly Victory[]): Duel[] {
  return won.map(({ over, under, votes, against }) => ({
    over: election.options[over] as string,
    under: election.options[under] as string,
    votes: String(votes),
    against: String(against),
  }));
}

/** Peels off, time and again, everybody whom no other of those left beats. Each such set is a rank. */
export function rankUnbeaten(election: Election, beats: (over: number, under: number) => boolean): number[][] {
  const ranking: number[][] = [];
  let left = allOptions(election);
  while (left.length > 0) {
    const unbeaten = left.filter((under) => !left.some((over) => beats(over, under)));
    // A relation without circles leaves somebody unbeaten; were there none, those left are equal.
    const rank = unbeaten.length > 0 ? unbeaten : left;
    ranking.push(rank);
    left = left.filter((option) => !rank.includes(option));
  }
  return ranking;
}
