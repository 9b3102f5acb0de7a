import { scoredProfile } from './ballots.ts';
import { decimal } from './exact.ts';
import { drawLots } from './lots.ts';
import { allOptions, asCount, ids, ranked, round, tallyOf } from './outcome.ts';
import { compareScores, type Pairs, preferring } from './pairs.ts';
import type { Count, CountRound, Election, TieBreak, TieBreakBy } from './types.ts';

// Score, then automatic runoff: the two with the highest sums, and of them the one whom more voters score higher. Further seats and the
// ranking come from the same again among those left. Ties go as in the protocol of starvoting.org/ties.

interface Scores {
  election: Election;
  pairs: Pairs;
  sums: number[];
  /** How many gave the highest score. */
  tops: number[];
  lots: number[] | null;
  rounds: CountRound[];
  tieBreaks: TieBreak[];
}

function tieBreak(scores: Scores, among: readonly number[], chosen: readonly number[], by: TieBreakBy): void {
  const { election, tieBreaks, rounds } = scores;
  tieBreaks.push({
    round: rounds.length + 1,
    among: ids(election, among),
    about: 'ELECTION',
    chosen: ids(election, chosen),
    by,
  });
}

/** Who is in already, and who is tied for the places that are left. */
interface Places {
  sure: number[];
  tied: number[];
  left: number;
}

/** Drops those of the tied who are worst until they fit; where dropping all of the worst would leave a place empty, the others are in. */
function narrow(places: Places, worse: (option: number, tied: readonly number[]) => number): Places {
  let { sure, tied, left } = places;
  while (left > 0 && tied.length > left) {
    const [worst, ...better] = ranked(tied, (option) => worse(option, tied));
    if (!worst || better.length === 0) break;
    const others = better.flat();
    if (others.length >= left) tied = others;
    else [sure, tied, left] = [[...sure, ...others], worst, left - others.length];
  }
  return tied.length <= left ? { sure: [...sure, ...tied], tied: [], left: 0 } : { sure, tied, left };
}

function finalists(scores: Scores, among: readonly number[]): Places {
  const { pairs, sums, tops, lots } = scores;
  let places: Places = { sure: [], tied: [], left: Math.min(2, among.length) };
  for (const rank of ranked(among, (option) => sums[option] as number)) {
    if (places.left === 0 || places.tied.length > 0) break;
    if (rank.length <= places.left) {
      places = { sure: [...places.sure, ...rank], tied: [], left: places.left - rank.length };
    } else places = { ...places, tied: rank };
  }
  const lost = (option: number, tied: readonly number[]) =>
    tied.filter((other) => preferring(pairs, other, option) > preferring(pairs, option, other)).length;
  const steps: [TieBreakBy, (option: number, tied: readonly number[]) => number][] = [
    ['HEAD_TO_HEAD', lost],
    ['TOP_SCORES', (option) => -(tops[option] as number)],
  ];
  if (lots) steps.push(['SEED', (option) => lots[option] as number]);
  for (const [by, worse] of steps) {
    const before = places;
    if (before.tied.length === 0) break;
    places = narrow(before, worse);
    const chosen = before.tied.filter((option) => places.sure.includes(option) || places.tied.includes(option));
    if (places.tied.length < before.tied.length) tieBreak(scores, before.tied, chosen, by);
  }
  return places;
}

/** The winner of two, or both. */
function runoff(scores: Scores, first: number, second: number): number[] {
  const { pairs, sums, tops, lots } = scores;
  const difference = preferring(pairs, first, second) - preferring(pairs, second, first);
  if (difference !== 0) return [difference > 0 ? first : second];
  const steps: [TieBreakBy, number][] = [
    ['SCORES', (sums[first] as number) - (sums[second] as number)],
    ['TOP_SCORES', (tops[first] as number) - (tops[second] as number)],
    ['SEED', lots ? (lots[second] as number) - (lots[first] as number) : 0],
  ];
  const broken = steps.find(([, ahead]) => ahead !== 0);
  if (!broken) return [first, second];
  const chosen = [broken[1] > 0 ? first : second];
  tieBreak(scores, [first, second], chosen, broken[0]);
  return chosen;
}

/** Everybody whom some way of filling the tied place in the runoff would let win. */
function winnersAmong(scores: Scores, among: readonly number[]): number[] {
  const { sure, tied, left } = finalists(scores, among);
  const [first, second] = sure;
  if (left === 0) return first === undefined || second === undefined ? sure : runoff(scores, first, second);
  const finals =
    first === undefined
      ? tied.flatMap((one, index) => tied.slice(index + 1).map((other) => [one, other] as const))
      : tied.map((other) => [first, other] as const);
  return [...new Set(finals.flatMap(([one, other]) => runoff(scores, one, other)))].sort((a, b) => a - b);
}

function runoffRound(scores: Scores, among: readonly number[], winners: readonly number[]): CountRound {
  const { election, sums, pairs } = scores;
  const two = ranked(among, (option) => sums[option] as number).flat();
  const tallies = tallyOf(
    election,
    sums.map(String),
    two.sort((a, b) => a - b),
  );
  const duels = winners.flatMap((over) =>
    among
      .filter((under) => !winners.includes(under) && (sums[under] as number) >= secondSum(scores, among))
      .map((under) => ({
        over: election.options[over] as string,
        under: election.options[under] as string,
        votes: String(preferring(pairs, over, under)),
        against: String(preferring(pairs, under, over)),
      })),
  );
  return round(scores.rounds.length + 1, 'RUNOFF', {
    tallies,
    duels,
    elected: winners.length === 1 ? ids(election, winners) : [],
  });
}

/** The second highest sum: whoever has it was in the runoff or tied for it. */
function secondSum({ sums }: Scores, among: readonly number[]): number {
  const falling = among.map((option) => sums[option] as number).sort((a, b) => b - a);
  return falling[1] ?? falling[0] ?? 0;
}

function starRanking(scores: Scores): number[][] {
  const ranking: number[][] = [];
  let [left, taken] = [allOptions(scores.election), 0];
  while (left.length > 0) {
    const kept = scores.tieBreaks.length;
    const winners = winnersAmong(scores, left);
    // Rounds and tie-breaks tell how seats were filled; what orders those without a seat is in the ranking alone.
    if (taken < scores.election.seats) scores.rounds.push(runoffRound(scores, left, winners));
    else scores.tieBreaks.length = kept;
    ranking.push(winners);
    taken += winners.length;
    left = left.filter((option) => !winners.includes(option));
  }
  return ranking;
}

/** Whom every way of breaking the ties elects, and whom some way does. */
interface Outlook {
  certain: ReadonlySet<number>;
  possible: ReadonlySet<number>;
}

/** Sets of options left that are followed at most; past that, all who are left may win. */
const MAX_KNOWN = 500;

/** Who of several tied takes a seat first changes who meets for the next one, so each way is followed. */
function outlook(scores: Scores, left: readonly number[], seats: number, known = new Map<string, Outlook>()): Outlook {
  if (seats === 0 || left.length === 0) return { certain: new Set(), possible: new Set() };
  const key = left.join();
  const found = known.get(key);
  if (found) return found;
  if (known.size >= MAX_KNOWN) return { certain: new Set(), possible: new Set(left) };
  const ways = winnersAmong(scores, left).map((winner) => {
    const others = left.filter((option) => option !== winner);
    const next = outlook(scores, others, seats - 1, known);
    const own = new Set([winner]);
    return { certain: next.certain.union(own), possible: next.possible.union(own) };
  });
  const both = ways.reduce((a, b) => ({
    certain: a.certain.intersection(b.certain),
    possible: a.possible.union(b.possible),
  }));
  known.set(key, both);
  return both;
}

/** The ranking with those first who win for certain, then, side by side, those who may. */
function winnersFirst(ranking: readonly number[][], { certain, possible }: Outlook): number[][] {
  const among = (belongs: (option: number) => boolean) => ranking.map((rank) => rank.filter(belongs));
  const open = [...possible].filter((option) => !certain.has(option)).sort((a, b) => a - b);
  const ordered = [...among((option) => certain.has(option)), open, ...among((option) => !possible.has(option))];
  return ordered.filter((rank) => rank.length > 0);
}

export function countStar(election: Election): Count {
  const profile = scoredProfile(election, election.minScore ?? 0);
  const size = profile.size;
  const [sums, tops] = [new Array<number>(size).fill(0), new Array<number>(size).fill(0)];
  const highest = election.maxScore ?? profile.groups.reduce((high, { said }) => Math.max(high, ...said), -Infinity);
  for (const { said, weight } of profile.groups) {
    for (const [option, score] of said.entries()) {
      sums[option] = (sums[option] as number) + score * weight;
      if (score === highest) tops[option] = (tops[option] as number) + weight;
    }
  }
  const tallies = sums.map((sum) => decimal(sum));
  const rounds = [round(1, 'FIRST_COUNT', { tallies: tallyOf(election, tallies) })];
  const lots = election.seed === undefined ? null : drawLots(election.seed, size);
  const scores: Scores = { election, pairs: compareScores(profile), sums, tops, lots, rounds, tieBreaks: [] };
  const unheard = { ...scores, rounds: [], tieBreaks: [] };
  const ranking = winnersFirst(starRanking(scores), outlook(unheard, allOptions(election), election.seats));
  return asCount(election, profile, { ranking, tallies, rounds, tieBreaks: scores.tieBreaks });
}
