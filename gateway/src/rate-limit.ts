import type { Clock } from '@polity/kernel/clock';
import { RateLimited } from '@polity/kernel/graph/errors';
import { metrics } from '@polity/kernel/metrics/metrics';
import { actorOf } from '@polity/kernel/request/acting';
import { addressBlock } from '@polity/kernel/request/address-block';
import type { RequestInfo } from '@polity/kernel/request/context';

/** Seconds in which an empty bucket fills, and for which a full one lasts. */
const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1_000;
/** Buckets kept; whoever did not come for the longest time begins anew when there are more. */
const MAX_BUCKETS = 100_000;

/** What every request takes, and an operation that costs less: finding out who asks, and reading what they ask. */
export const LEAST_POINTS = 10;

/** What is left after a take; `retryAfter` is in seconds, and null where the points were given. */
export interface Standing {
  pointsPerMinute: number;
  left: number;
  secondsToFull: number;
  retryAfter: number | null;
}

/** One bucket of points per viewer, filled evenly. Lives in the memory of the process: no round trip, and each gateway counts for itself. */
export interface RateLimit {
  /** Takes all of the points or none. */
  take(who: string, points: number): Standing;
}

/** Each bucket is one number, the moment at which it will be full (as in GCRA), so one that is full again needs none. */
export function rateLimit(pointsPerMinute: number, clock: Clock, maxBuckets = MAX_BUCKETS): RateLimit {
  const fullAt = new Map<string, number>();
  const msPerPoint = WINDOW_MS / pointsPerMinute;

  function forgetOld(now: number): void {
    for (const [who, at] of fullAt) {
      if (at > now && fullAt.size <= maxBuckets) return;
      fullAt.delete(who);
    }
  }

  return {
    take(who, points) {
      const now = clock.nowMs();
      const before = Math.max(fullAt.get(who) ?? 0, now);
      const after = before + points * msPerPoint;
      const given = after - now <= WINDOW_MS;
      const full = given ? after : before;
      fullAt.delete(who);
      fullAt.set(who, full);
      forgetOld(now);
      return {
        pointsPerMinute,
        left: Math.floor((WINDOW_MS - (full - now)) / msPerPoint),
        secondsToFull: Math.ceil((full - now) / 1_000),
        retryAfter: given ? null : Math.ceil((after - now - WINDOW_MS) / 1_000),
      };
    },
  };
}

/** Whoever pays: the person or application, also when acting as another; without one, the network that the request came from. */
export function payerOf({ viewer, address }: Pick<RequestInfo, 'viewer' | 'address'>): string {
  return viewer.id ? `${viewer.kind}:${actorOf(viewer) ?? viewer.id}` : `address:${addressBlock(address ?? '')}`;
}

/** Thrown for an operation of somebody who has no points left; the answer has status 429. */
export class TooManyOperations extends RateLimited {
  readonly standing: Standing;

  constructor(standing: Standing) {
    super(standing.retryAfter ?? 0, 'Too many operations, or too costly ones. Wait, then try again.');
    this.standing = standing;
    metrics().rateLimited.inc({ bucket: 'operations' });
  }
}

/** Response headers that say how the payer stands (draft-ietf-httpapi-ratelimit-headers-10). */
export function rateHeaders({ pointsPerMinute, left, secondsToFull, retryAfter }: Standing): [string, string][] {
  return [
    ['ratelimit-policy', `"operations";q=${pointsPerMinute};w=${WINDOW_SECONDS}`],
    ['ratelimit', `"operations";r=${left};t=${secondsToFull}`],
    ...(retryAfter === null ? [] : [['retry-after', String(retryAfter)] satisfies [string, string]]),
  ];
}
