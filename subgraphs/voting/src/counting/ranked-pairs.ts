import { duelRound, duelsWon, pairsOf } from './condorcet.ts';
import { halves } from './exact.ts';
import { drawLots } from './lots.ts';
import { asCount, ids, round } from './outcome.ts';
import { asDuels, type Pairs, rankUnbeaten, type Victory, victories } from './pairs.ts';
import type { Count, CountRound, Election, TieBreak } from './types.ts';

/** Who is above whom by the victories that stand, directly or through others. */
class Order {
  readonly size: number;
  readonly above: Uint8Array;

  constructor(size: number, above = new Uint8Array(size * size)) {
    this.size = size;
    this.above = above;
  }

  has(over: number, under: number): boolean {
    return this.above[over * this.size + under] === 1;
  }

  add({ over, under }: Victory): void {
    if (this.has(over, under)) return;
    for (let high = 0; high < this.size; high++) {
      if (high !== over && !this.has(high, over)) continue;
      for (let low = 0; low < this.size; low++) {
        if (low === under || this.has(under, low)) this.above[high * this.size + low] = 1;
      }
    }
  }

  copy(): Order {
    return new Order(this.size, this.above.slice());
  }
}

/** Victories of equal strength, strongest first. */
function byStrength(won: readonly Victory[]): Victory[][] {
  const groups: Victory[][] = [];
  for (const victory of won) {
    const last = groups.at(-1)?.[0];
    if (last && last.votes === victory.votes && last.against === victory.against) groups.at(-1)?.push(victory);
    else groups.push([victory]);
  }
  return groups;
}

/** Of victories of equal strength, those that close a circle with what stands and with each other. */
function circular(order: Order, group: readonly Victory[]): Set<Victory> {
  const all = order.copy();
  for (const victory of group) all.add(victory);
  return new Set(group.filter(({ over, under }) => all.has(under, over)));
}

interface Locking {
  election: Election;
  lots: number[] | null;
  order: Order;
  rounds: CountRound[];
  tieBreaks: TieBreak[];
}

function note({ election, rounds }: Locking, reason: 'LOCKED' | 'SKIPPED', won: Victory[]): void {
  if (won.length > 0) rounds.push(round(rounds.length + 1, reason, { duels: asDuels(election, won) }));
}

function lockByLot(order: Order, open: readonly Victory[], lots: readonly number[]): Victory[] {
  const standing: Victory[] = [];
  const lot = (option: number) => lots[option] as number;
  for (const victory of [...open].sort((a, b) => lot(a.over) - lot(b.over) || lot(a.under) - lot(b.under))) {
    if (order.has(victory.under, victory.over)) continue;
    order.add(victory);
    standing.push(victory);
  }
  return standing;
}

/** Equal victories that would close a circle among themselves: one after the other by lot where there is a seed, else none stands. */
function lockEqual(locking: Locking, group: Victory[]): void {
  const { election, order, lots, rounds, tieBreaks } = locking;
  const tied = circular(order, group);
  const clear = group.filter((victory) => !tied.has(victory));
  for (const victory of clear) order.add(victory);
  note(locking, 'LOCKED', clear);
  const impossible = [...tied].filter(({ over, under }) => order.has(under, over));
  const open = [...tied].filter((victory) => !impossible.includes(victory));
  const standing = lots ? lockByLot(order, open, lots) : [];
  note(locking, 'LOCKED', standing);
  note(
    locking,
    'SKIPPED',
    [...tied].filter((victory) => !standing.includes(victory)),
  );
  if (open.length === 0) return;
  const among = ids(
    election,
    [...new Set(open.flatMap(({ over, under }) => [over, under]))].sort((a, b) => a - b),
  );
  const chosen = ids(election, [...new Set(standing.map(({ over }) => over))]);
  tieBreaks.push({ round: rounds.length, among, about: 'ELECTION', chosen, by: lots ? 'SEED' : 'NONE' });
}

function lock(election: Election, pairs: Pairs): Locking {
  const lots = election.seed === undefined ? null : drawLots(election.seed, pairs.size);
  const rounds = [duelRound(election, pairs)];
  const locking: Locking = { election, lots, order: new Order(pairs.size), rounds, tieBreaks: [] };
  for (const group of byStrength(victories(pairs))) lockEqual(locking, group);
  return locking;
}

/** By winning votes; of equal ones, that with fewer votes against is the stronger. */
export function countRankedPairs(election: Election): Count {
  const { profile, pairs } = pairsOf(election);
  const { order, rounds, tieBreaks } = lock(election, pairs);
  return asCount(election, profile, {
    ranking: rankUnbeaten(election, (over, under) => order.has(over, under)),
    tallies: duelsWon(pairs).map(halves),
    rounds,
    tieBreaks,
  });
}
