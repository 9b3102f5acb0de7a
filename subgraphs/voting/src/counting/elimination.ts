import { asCount, type Finding, ids, ranked, round } from './outcome.ts';
import type { Choice, OpenTie } from './ties.ts';
import type { Count, CountRound, Election, Exact, TieBreak } from './types.ts';

// What INSTANT_RUNOFF and the STV rules have in common: options are elected and excluded until the seats are filled, and a tie that
// nothing breaks is followed every way it may go. If all ways elect the same, the tie does not matter; if not, everybody whom some way
// elects is a winner.

/** What tells one way from another. */
export interface Way {
  script: readonly Choice[];
  silent: boolean;
}

/** How far one way through the count came. */
export interface Progress {
  rounds: CountRound[];
  tieBreaks: TieBreak[];
  /** In order of election; equal ones together. */
  elected: number[][];
  /** In order of exclusion. */
  excluded: number[][];
  standing: number[];
  /** Votes held at the end or at exclusion, as text and in an order that sorts. */
  held: Exact[];
  compare: (a: number, b: number) => number;
  tie: OpenTie | null;
}

/** Follows one way. `silent`: only who is elected matters, and rounds and breaks of ties need not be told. */
export type Follow = (script: readonly Choice[], silent: boolean) => Progress;

/** Whom every way elects, and whom some way elects. */
interface Outlook {
  certain: ReadonlySet<number>;
  possible: ReadonlySet<number>;
}

const sameSet = (a: ReadonlySet<number>, b: ReadonlySet<number>) => a.size === b.size && a.isSubsetOf(b);
const sameOutlook = (a: Outlook, b: Outlook) => sameSet(a.certain, b.certain) && sameSet(a.possible, b.possible);

/** Ballots times ways that are followed at most, so that a count stays bounded however many ties meet. */
const WORK = 3_000_000;
const MAX_WAYS = 1000;
const MIN_WAYS = 20;

class Explorer {
  private readonly follow: Follow;
  private readonly known = new Map<string, Outlook>();
  private waysLeft: number;

  constructor(follow: Follow, groups: number) {
    this.follow = follow;
    this.waysLeft = Math.min(MAX_WAYS, Math.max(MIN_WAYS, Math.floor(WORK / (groups + 50))));
  }

  /** Null = too many ways to follow. */
  outlook(script: readonly Choice[]): Outlook | null {
    if (this.waysLeft-- <= 0) return null;
    const { tie, elected } = this.follow(script, true);
    if (!tie) {
      const winners = new Set(elected.flat());
      return { certain: winners, possible: winners };
    }
    const known = this.known.get(tie.key);
    if (known) return known;
    const ways = this.ways(script, tie);
    if (!ways) return null;
    const found = {
      certain: ways.map(({ certain }) => certain).reduce((a, b) => a.intersection(b)),
      possible: ways.map(({ possible }) => possible).reduce((a, b) => a.union(b)),
    };
    this.known.set(tie.key, found);
    return found;
  }

  /** What becomes of each single choice among the tied. */
  ways(script: readonly Choice[], tie: OpenTie): Outlook[] | null {
    const ways: Outlook[] = [];
    for (const option of tie.among) {
      const way = this.outlook([...script, { chosen: [option], by: 'NO_EFFECT' }]);
      if (!way) return null;
      ways.push(way);
    }
    return ways;
  }

  /** How to go on at a tie, or why not: whom the tie leaves to win. */
  decide(script: readonly Choice[], tie: OpenTie): Choice | Outlook | null {
    const all: Choice = { chosen: tie.among, by: 'TOGETHER' };
    const ways = this.ways(script, tie);
    // Too many to follow: excluding those together who have less than the next one has is a rule of its own (PRF reference WIGM, B.2).
    if (!ways) return tie.together === 'BATCH' ? all : null;
    const [first, ...others] = ways as [Outlook, ...Outlook[]];
    if (!others.every((way) => sameOutlook(way, first))) {
      return {
        certain: others.reduce((set, { certain }) => set.intersection(certain), first.certain),
        possible: others.reduce((set, { possible }) => set.union(possible), first.possible),
      };
    }
    const together = tie.together === 'NO' ? null : this.outlook([...script, all]);
    if (together && sameOutlook(together, first)) return all;
    return { chosen: [tie.among[0] as number], by: 'NO_EFFECT' };
  }
}

function findingOf({ elected, excluded, standing, compare, held, rounds, tieBreaks }: Progress): Finding {
  const order = [...standing].sort(compare);
  const places = new Map<number, number>();
  order.forEach((option, at) => {
    const before = order[at - 1];
    places.set(option, before !== undefined && compare(before, option) === 0 ? (places.get(before) as number) : at);
  });
  const left = ranked(standing, (option) => places.get(option) as number);
  return { ranking: [...elected, ...left, ...excluded.toReversed()], tallies: held, rounds, tieBreaks };
}

/** The count as far as it came, with everybody as a winner whom some way of breaking the tie elects. */
function openCount(election: Election, ballots: Counted, progress: Progress, outlook: Outlook | null): Count {
  const { rounds, elected, standing, excluded, tie, tieBreaks } = progress;
  const [certain, possible] = outlook
    ? [[...outlook.certain], [...outlook.possible]]
    : [elected.flat(), [...elected.flat(), ...standing]];
  const sure = [
    ...elected.flat(),
    ...certain.filter((option) => !elected.flat().includes(option)).sort((a, b) => a - b),
  ];
  const open = possible.filter((option) => !sure.includes(option)).sort((a, b) => a - b);
  const lost = standing.filter((option) => !possible.includes(option));
  const ranking = [...sure.map((option) => [option]), open, lost, ...excluded.toReversed()];
  const base = asCount(election, ballots, findingOf(progress));
  const last = rounds.at(-1) as CountRound;
  const about = tie?.about ?? 'EXCLUSION';
  const among = ids(election, tie?.among ?? open);
  const tied = { tallies: last.tallies, exhausted: last.exhausted, threshold: last.threshold };
  return {
    ...base,
    winners: ids(election, [...sure, ...open]),
    ranking: ranking.filter((rank) => rank.length > 0).map((rank) => ids(election, rank)),
    rounds: [...rounds, round(rounds.length + 1, 'TIE', tied)],
    tieBreaks: [...tieBreaks, { round: rounds.length, among, about, chosen: [], by: 'NONE' }],
    openSeats: { seats: election.seats - sure.length, options: ids(election, open) },
  };
}

interface Counted {
  cast: number;
  blank: number;
  /** Votes that have a first preference. */
  counted: number;
}

/** Follows the count to its end. `groups` is how many different ballots one way goes through. */
export function eliminate(election: Election, ballots: Counted, groups: number, follow: Follow): Count {
  const explorer = new Explorer(follow, groups);
  const script: Choice[] = [];
  for (;;) {
    const progress = follow(script, false);
    if (!progress.tie || ballots.counted === 0) return asCount(election, ballots, findingOf(progress));
    const decided = explorer.decide(script, progress.tie);
    if (!decided || !('chosen' in decided)) return openCount(election, ballots, progress, decided);
    script.push(decided);
  }
}
