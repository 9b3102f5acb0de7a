import type { Election } from '../../src/counting/types.ts';

// The rules once more, as plainly as their texts: one paper after the other, nothing grouped, nothing shared with the code that counts.
// Each throws Tied where its text would draw lots.

export class Tied extends Error {}

const least = (values: bigint[]): bigint => values.sort((a, b) => Number(a - b))[0] as bigint;
const most = (values: bigint[]): bigint => values.sort((a, b) => Number(b - a))[0] as bigint;

interface Paper {
  preferences: string[];
  value: bigint;
}

const papersOf = ({ ballots }: Election, value: bigint): Paper[] =>
  ballots.flatMap(({ ranking = [], weight = 1 }) =>
    Array.from({ length: weight }, () => ({ preferences: ranking.map(([option]) => option as string), value })),
  );

function only(options: readonly string[]): string {
  if (options.length > 1) throw new Tied();
  return options[0] as string;
}

interface Stage {
  votes: Record<string, bigint>;
  elected: string[];
}

/** Weighted inclusive Gregory, whatever the quota and the rounding of a paper's new value. */
function gregory(
  election: Election,
  unit: bigint,
  quota: bigint,
  revalue: (value: bigint, surplus: bigint, votes: bigint) => bigint,
): Stage[] {
  const piles = new Map(election.options.map((option) => [option, [] as Paper[]]));
  const votes = new Map(election.options.map((option) => [option, 0n]));
  let hopeful = [...election.options];
  const elected: string[] = [];
  const pending: string[] = [];
  const stages: Stage[] = [];
  const give = (papers: Paper[]) => {
    for (const paper of papers) {
      const next = paper.preferences.find((option) => hopeful.includes(option));
      if (next === undefined) continue;
      piles.get(next)?.push(paper);
      votes.set(next, (votes.get(next) as bigint) + paper.value);
    }
  };
  const close = () => {
    const before = elected.length;
    const reached = hopeful.filter((option) => (votes.get(option) as bigint) >= quota);
    elected.push(...reached);
    pending.push(...reached);
    hopeful = hopeful.filter((option) => !reached.includes(option));
    if (elected.length < election.seats && hopeful.length <= election.seats - elected.length)
      elected.push(...hopeful.splice(0));
    const standing = election.options.filter((option) => hopeful.includes(option) || elected.includes(option));
    stages.push({
      votes: Object.fromEntries(standing.map((option) => [option, votes.get(option) as bigint])),
      elected: elected.slice(before),
    });
  };
  give(papersOf(election, unit));
  close();
  while (elected.length < election.seats && hopeful.length > 0) {
    const surplus = (option: string) => (votes.get(option) as bigint) - quota;
    const waiting = pending.filter((option) => surplus(option) > 0n);
    if (waiting.length > 0) {
      const largest = most(waiting.map(surplus));
      const from = only(waiting.filter((option) => surplus(option) === largest));
      const held = votes.get(from) as bigint;
      const papers = piles.get(from) as Paper[];
      for (const paper of papers) paper.value = revalue(paper.value, largest, held);
      votes.set(from, quota);
      piles.set(from, []);
      pending.splice(pending.indexOf(from), 1);
      give(papers);
    } else {
      const fewest = least(hopeful.map((option) => votes.get(option) as bigint));
      const out = only(hopeful.filter((option) => votes.get(option) === fewest));
      hopeful = hopeful.filter((option) => option !== out);
      give(piles.get(out) as Paper[]);
    }
    close();
  }
  return stages;
}

const firsts = ({ ballots }: Election): bigint =>
  BigInt(ballots.reduce((sum, { ranking = [], weight = 1 }) => (ranking.length > 0 ? sum + weight : sum), 0));

export function scottish(election: Election): Stage[] {
  const quota = (firsts(election) / BigInt(election.seats + 1) + 1n) * 100_000n;
  return gregory(election, 100_000n, quota, (value, surplus, votes) => (surplus * value) / votes);
}

export function wigm(election: Election): Stage[] {
  const quota = (firsts(election) * 10_000n) / BigInt(election.seats + 1) + 1n;
  return gregory(
    election,
    10_000n,
    quota,
    (value, surplus, votes) => (((value * surplus) / 10_000n) * 10_000n) / votes,
  );
}

const ONE = 1_000_000_000n;
const timesUp = (a: bigint, b: bigint) => (a * b + ONE - 1n) / ONE;
const divideUp = (a: bigint, b: bigint) => (a * ONE + b - 1n) / b;

/** The Reference Meek Rule, letters as in its text. Answers whom it elects, in order. */
export function meek(election: Election): string[] {
  const kf = new Map(election.options.map((option) => [option, ONE]));
  let hopeful = [...election.options];
  const elected: string[] = [];
  const papers = papersOf(election, ONE);
  while (elected.length < election.seats && elected.length + hopeful.length > election.seats) {
    let before: bigint | null = null;
    for (;;) {
      const v = new Map(election.options.map((option) => [option, 0n]));
      for (const { preferences } of papers) {
        let w = ONE;
        for (const option of preferences) {
          const part = timesUp(w, kf.get(option) as bigint);
          v.set(option, (v.get(option) as bigint) + part);
          w -= part;
          if (w === 0n) break;
        }
      }
      const q = [...v.values()].reduce((sum, votes) => sum + votes, 0n) / BigInt(election.seats + 1) + 1n;
      const winners = hopeful.filter((option) => (v.get(option) as bigint) >= q);
      elected.push(...winners);
      hopeful = hopeful.filter((option) => !winners.includes(option));
      if (winners.length > 0) break;
      const s = elected
        .map((option) => (v.get(option) as bigint) - q)
        .reduce((sum, surplus) => (surplus > 0n ? sum + surplus : sum), 0n);
      if (s < 1000n || (before !== null && s >= before)) {
        const fewest = least(hopeful.map((option) => v.get(option) as bigint));
        const out = only(hopeful.filter((option) => (v.get(option) as bigint) <= fewest + s));
        kf.set(out, 0n);
        hopeful = hopeful.filter((option) => option !== out);
        break;
      }
      before = s;
      for (const option of elected) {
        kf.set(option, divideUp(timesUp(kf.get(option) as bigint, q), v.get(option) as bigint));
      }
    }
  }
  return elected.length < election.seats ? [...elected, ...hopeful] : elected;
}

/** The strength of the strongest of all paths, tried one by one. */
export function strongestPath(
  strength: (from: string, to: string) => number,
  options: readonly string[],
  from: string,
  to: string,
): number {
  const walk = (at: string, seen: readonly string[], weakest: number): number => {
    if (at === to) return weakest;
    const next = options.filter((option) => !seen.includes(option) && strength(at, option) > 0);
    return Math.max(
      0,
      ...next.map((option) => walk(option, [...seen, option], Math.min(weakest, strength(at, option)))),
    );
  };
  return walk(from, [from], Number.POSITIVE_INFINITY);
}

/** Medians of an option's grades as one median grade after the other is taken away. */
export function majorityValue(grades: readonly number[]): number[] {
  const left = [...grades].sort((a, b) => a - b);
  const value: number[] = [];
  while (left.length > 0) value.push(...left.splice(Math.floor((left.length - 1) / 2), 1));
  return value;
}
