import type { Leaf } from './compile.ts';
import { weekOf } from './days.ts';

/**
 * What is remembered of one person about one leaf: what each day came to, and the most that any window of days came to. Both only grow, and
 * neither depends on the order in which events came. Numbers stop at what is wanted, so that a state stays small.
 */
export interface LeafState {
  best: number;
  /** By number of the day, of the week, or 0 where days do not matter. */
  buckets: Record<number, number | string[]>;
}

export const emptyLeaf = (): LeafState => ({ best: 0, buckets: {} });

/** What an event adds to a leaf: how much, or one more value. */
export type Amount = number | string;

function bucketOf({ kind, unit, withinDays, atMostPerDay }: Leaf, day: number): number {
  if (kind === 'streak') return unit === 'WEEK' ? weekOf(day) : day;
  return withinDays === null && atMostPerDay === null ? 0 : day;
}

/** The days in a row around this one on which something happened, up to so many. */
function runAround(buckets: LeafState['buckets'], at: number, most: number): number {
  let length = 1;
  for (let day = at - 1; length < most && buckets[day] !== undefined; day--) length++;
  for (let day = at + 1; length < most && buckets[day] !== undefined; day++) length++;
  return length;
}

/** The most that any window of so many days comes to which has this day in it. */
function bestAround(buckets: LeafState['buckets'], at: number, days: number): number {
  let [sum, best] = [0, 0];
  for (let day = at - days + 1; day <= at + days - 1; day++) {
    sum += (buckets[day] as number | undefined) ?? 0;
    if (day > at) sum -= (buckets[day - days] as number | undefined) ?? 0;
    if (day >= at) best = Math.max(best, sum);
  }
  return best;
}

/** The same for different values: how often each stands in the window decides when it leaves it. */
function mostDistinct(buckets: LeafState['buckets'], at: number, days: number): number {
  const inWindow = new Map<string, number>();
  let best = 0;
  for (let day = at - days + 1; day <= at + days - 1; day++) {
    for (const value of (buckets[day] as string[] | undefined) ?? [])
      inWindow.set(value, (inWindow.get(value) ?? 0) + 1);
    for (const value of (day > at && (buckets[day - days] as string[] | undefined)) || []) {
      const left = (inWindow.get(value) ?? 1) - 1;
      if (left === 0) inWindow.delete(value);
      else inWindow.set(value, left);
    }
    if (day >= at) best = Math.max(best, inWindow.size);
  }
  return best;
}

function addValue(leaf: Leaf, state: LeafState, bucket: number, value: string): void {
  const values = (state.buckets[bucket] as string[] | undefined) ?? [];
  state.buckets[bucket] = values;
  if (values.includes(value)) return;
  values.push(value);
  const found = leaf.withinDays === null ? values.length : mostDistinct(state.buckets, bucket, leaf.withinDays);
  state.best = Math.max(state.best, found);
}

function addNumber(
  { kind, atLeast, atMostPerDay, withinDays }: Leaf,
  state: LeafState,
  bucket: number,
  amount: number,
): void {
  const { buckets } = state;
  const before = (buckets[bucket] as number | undefined) ?? 0;
  const after = Math.min(before + amount, atMostPerDay ?? atLeast, atLeast);
  if (after === before) return;
  buckets[bucket] = after;
  if (kind === 'streak') state.best = Math.max(state.best, runAround(buckets, bucket, atLeast));
  else if (withinDays !== null) state.best = Math.max(state.best, bestAround(buckets, bucket, withinDays));
  else state.best += after - before;
  state.best = Math.min(state.best, atLeast);
}

/** Adds what an event came to on a day. What is reached already needs nothing more. */
export function add(leaf: Leaf, state: LeafState, day: number, amount: Amount): void {
  if (state.best >= leaf.atLeast) return;
  const bucket = bucketOf(leaf, day);
  if (typeof amount === 'string') addValue(leaf, state, bucket, amount);
  else addNumber(leaf, state, bucket, leaf.kind === 'streak' ? 1 : amount);
}
