import { drawLots } from './lots.ts';
import type { Count, CountRound, Election, Exact, RoundReason, Tally, TieBreak } from './types.ts';

/** What a rule found, in numbers of options; `asCount` names them. */
export interface Finding {
  /** Best first; equal ones together. */
  ranking: number[][];
  tallies: Exact[];
  rounds: CountRound[];
  tieBreaks: TieBreak[];
}

export interface Ballots {
  cast: number;
  blank: number;
  /** Where some that are not blank count for nobody from the start: those that do; else all that are not blank. */
  counted?: number;
}

export const ids = (election: Election, numbers: readonly number[]): string[] =>
  numbers.map((number) => election.options[number] as string);

export function tallyOf(election: Election, counts: readonly Exact[], among?: readonly number[]): Tally[] {
  const options = among ?? counts.map((_, option) => option);
  return options.map((option) => ({ option: election.options[option] as string, count: counts[option] as Exact }));
}

/** A round with nothing in it but what is given. */
export function round(number: number, reason: RoundReason, parts: Partial<CountRound> = {}): CountRound {
  const empty = { tallies: [], transfers: [], duels: [], elected: [], excluded: [], exhausted: '0', threshold: null };
  return { round: number, reason, ...empty, ...parts };
}

/** Options by falling value; those of equal value together. */
export function ranked(options: readonly number[], value: (option: number) => number): number[][] {
  const ranking: number[][] = [];
  const falling = [...options].sort((a, b) => value(b) - value(a) || a - b);
  for (const option of falling) {
    const last = ranking.at(-1);
    if (last && value(last[0] as number) === value(option)) last.push(option);
    else ranking.push([option]);
  }
  return ranking;
}

export const allOptions = (election: Election): number[] => election.options.map((_, option) => option);

/** The rank that the last seat falls into, where it holds more options than there are seats left; else null. */
function overfull(ranking: readonly number[][], seats: number): { at: number; left: number } | null {
  let left = seats;
  for (const [at, rank] of ranking.entries()) {
    if (left < rank.length) return left > 0 ? { at, left } : null;
    left -= rank.length;
  }
  return null;
}

/** Splits the rank that holds too many into those whom the seed draws and the others. */
function drawn(election: Election, finding: Finding): Finding {
  const over = overfull(finding.ranking, election.seats);
  if (!over || election.seed === undefined) return finding;
  const lots = drawLots(election.seed, election.options.length);
  const among = finding.ranking[over.at] as number[];
  const inOrder = [...among].sort((a, b) => (lots[a] as number) - (lots[b] as number));
  const [chosen, others] = [inOrder.slice(0, over.left), inOrder.slice(over.left)];
  const tie: TieBreak = {
    round: finding.rounds.length,
    among: ids(election, among),
    about: 'ELECTION',
    chosen: ids(election, chosen),
    by: 'SEED',
  };
  const ranking = finding.ranking.toSpliced(over.at, 1, chosen, others);
  return { ...finding, ranking, tieBreaks: [...finding.tieBreaks, tie] };
}

/** Nobody wins where nobody said anything: all are equal. */
function unsaid(election: Election, { cast, blank }: Ballots, finding: Finding): Count {
  return {
    ...base(election, { cast, blank }, finding),
    winners: [],
    ranking: [ids(election, allOptions(election))],
    tieBreaks: [],
    openSeats: null,
  };
}

function base(election: Election, { cast, blank }: Ballots, { tallies, rounds }: Finding) {
  const { rule, seats } = election;
  return {
    rule,
    seats,
    tallies: tallyOf(election, tallies),
    rounds,
    cast: String(cast),
    blank: String(blank),
    stances: null,
  };
}

/** The first of the ranking win. A tie at the last seat is drawn by the seed, or stays and gives more winners than seats. */
export function asCount(election: Election, ballots: Ballots, found: Finding): Count {
  if ((ballots.counted ?? ballots.cast - ballots.blank) === 0) return unsaid(election, ballots, found);
  const finding = drawn(election, found);
  const over = overfull(finding.ranking, election.seats);
  let taken = 0;
  const winning = finding.ranking.filter((rank) => {
    const first = taken < election.seats;
    taken += rank.length;
    return first;
  });
  const tied = over ? ids(election, finding.ranking[over.at] as number[]) : [];
  const open: TieBreak[] = over
    ? [{ round: finding.rounds.length, among: tied, about: 'ELECTION', chosen: [], by: 'NONE' }]
    : [];
  return {
    ...base(election, ballots, finding),
    winners: ids(election, winning.flat()),
    ranking: finding.ranking.map((rank) => ids(election, rank)),
    tieBreaks: [...finding.tieBreaks, ...open],
    openSeats: over ? { seats: over.left, options: tied } : null,
  };
}
