import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** Chances that a seed decides: the same seed gives the same row of them. */
export interface Random {
  /** From 0 up to but not including 1. */
  next(): number;
  between(low: number, high: number): number;
  /** Waits up to so many milliseconds. */
  pause(ms: number): Promise<void>;
  /** True in that share of cases. */
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T | undefined;
  /** One of the keys, as often as its weight says. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key;
}

/** Chances of one part of a run; parts of different names do not disturb each other's rows. */
export function randomOf(seed: string, part: string): Random {
  let state = createHash('sha256').update(`${seed}/${part}`).digest().readUInt32LE();
  function next(): number {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    pause: (ms) => sleep(next() * ms),
    chance: (share) => next() < share,
    pick: (from) => from[Math.floor(next() * from.length)],
    weighted(weights) {
      const entries = Object.entries<number>(weights) as [keyof typeof weights, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) if ((left -= weight) < 0) return key;
      return entries.at(-1)?.[0] as keyof typeof weights;
    },
  };
}
