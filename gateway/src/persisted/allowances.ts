import type { Clock } from '@polity/kernel/clock';
import { LRUCache } from 'lru-cache';
import { type RateLimit, rateLimit } from '../rate-limit.ts';

/** Allowances of so much per minute, each under its name; a name that gets another allowance begins anew. */
export type Allowances = (name: string, perMinute: number) => RateLimit;

/** Names that are kept; those of which nobody took for the longest time begin anew when there are more. */
const MAX_NAMES = 10_000;

/** `payers` is how many share the allowance of one name, each with a bucket of their own. */
export function allowances(clock: Clock, payers: number): Allowances {
  const known = new LRUCache<string, { perMinute: number; limit: RateLimit }>({ max: MAX_NAMES });
  return (name, perMinute) => {
    const before = known.get(name);
    if (before?.perMinute === perMinute) return before.limit;
    const limit = rateLimit({ perMinute, burst: perMinute }, clock, payers);
    known.set(name, { perMinute, limit });
    return limit;
  };
}
