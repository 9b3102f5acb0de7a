import type { Clock } from '@polity/kernel/clock';
import { RateLimited } from '@polity/kernel/graph/errors';
import { metrics } from '@polity/kernel/metrics/metrics';
import { actorOf } from '@polity/kernel/request/acting';
import { addressBlock } from '@polity/kernel/request/address-block';
import type { RequestInfo } from '@polity/kernel/request/context';

const MINUTE_MS = 60_000;
/** Buckets kept; whoever did not come for the longest time begins anew when there are more. */
const MAX_BUCKETS = 100_000;

/** What every request for the graph takes, and an operation that costs less: finding out who asks, and reading what they ask. */
export const LEAST_POINTS = 10;

/** How fast a bucket fills, and how much it holds. */
export interface Allowance {
  perMinute: number;
  burst: number;
}

/** What is left after a take; `retryAfter` is in seconds, and null where the points were given. */
export interface Standing extends Allowance {
  left: number;
  secondsToFull: number;
  retryAfter: number | null;
  /** Name of the limit for clients and metrics; `operations` where there is none. */
  policy?: string;
}

/** One bucket of points per payer, filled evenly. Lives in the memory of the process, so that no request waits for it (`shared-rate.ts`). */
export interface RateLimit {
  /** Takes all of the points or none. */
  take(who: string, points: number): Standing;
  /** Takes points that are used up already, here or elsewhere, whether they are there or not. */
  charge(who: string, points: number): void;
  /** Points taken since the last call, by payer; none at the first one, before which nothing is kept. */
  taken(): Map<string, number>;
}

/** Each bucket is one number, the moment at which it will be full (as in GCRA), so one that is full again needs none. */
export function rateLimit(allowance: Allowance, clock: Clock, maxBuckets = MAX_BUCKETS): RateLimit {
  const { perMinute, burst } = allowance;
  const fullAt = new Map<string, number>();
  const msPerPoint = MINUTE_MS / perMinute;
  const windowMs = burst * msPerPoint;
  /** Null as long as nobody asks, or it would grow with every payer. */
  let since: Map<string, number> | null = null;

  function put(who: string, at: number, now: number): void {
    fullAt.delete(who);
    fullAt.set(who, at);
    for (const [each, when] of fullAt) {
      if (when > now && fullAt.size <= maxBuckets) return;
      fullAt.delete(each);
    }
  }

  return {
    take(who, points) {
      const now = clock.nowMs();
      const before = Math.max(fullAt.get(who) ?? 0, now);
      const after = before + points * msPerPoint;
      const given = after - now <= windowMs;
      const full = given ? after : before;
      put(who, full, now);
      if (given) since?.set(who, (since.get(who) ?? 0) + points);
      return {
        ...allowance,
        left: Math.max(0, Math.floor((windowMs - (full - now)) / msPerPoint)),
        secondsToFull: Math.ceil((full - now) / 1_000),
        retryAfter: given ? null : Math.ceil((after - now - windowMs) / 1_000),
      };
    },
    charge(who, points) {
      const now = clock.nowMs();
      const after = Math.max(fullAt.get(who) ?? 0, now) + points * msPerPoint;
      // One whole bucket behind at most, else one burst would shut somebody out for long.
      put(who, Math.min(after, now + 2 * windowMs), now);
    },
    taken() {
      const taken = since ?? new Map<string, number>();
      since = new Map();
      return taken;
    },
  };
}

/** Whoever pays: the person or application, also when acting as another; without one, the network that the request came from. */
export function payerOf({ viewer, address }: Pick<RequestInfo, 'viewer' | 'address'>): string {
  return viewer.id ? `${viewer.kind}:${actorOf(viewer) ?? viewer.id}` : networkOf(address ?? '');
}

/** The network that an address lies in, as a payer. */
export const networkOf = (address: string): string => `address:${addressBlock(address)}`;

const OPERATIONS = 'operations';
const NO_POINTS = 'Too many operations, or too costly ones. Wait, then try again.';

/** Thrown for an operation of somebody who has no points left; the answer has status 429. */
export class TooManyOperations extends RateLimited {
  readonly standing: Standing;

  constructor(standing: Standing) {
    super(standing.retryAfter ?? 0, NO_POINTS);
    this.standing = standing;
    metrics().rateLimited.inc({ bucket: standing.policy ?? OPERATIONS });
  }
}

const refusals = new Map<number, RateLimited>();

/** The same as an answer, counted: made once for each number of seconds, because a flood of refusals must not pay for as many stack traces. */
export function outOfPoints({ retryAfter }: Standing): RateLimited {
  metrics().rateLimited.inc({ bucket: 'operations' });
  const seconds = Math.ceil(retryAfter ?? 0);
  const made = refusals.get(seconds) ?? new RateLimited(seconds, NO_POINTS);
  refusals.set(seconds, made);
  return made;
}

/** Response headers that say how the payer stands by each limit (draft-ietf-httpapi-ratelimit-headers-10). */
export function rateHeaders(...standings: readonly Standing[]): [string, string][] {
  const policies = standings.map(({ policy = OPERATIONS, perMinute, burst }) => {
    const seconds = Math.ceil((burst * 60) / perMinute);
    return `"${policy}";q=${burst};w=${seconds}`;
  });
  const left = standings.map(
    ({ policy = OPERATIONS, left, secondsToFull }) => `"${policy}";r=${left};t=${secondsToFull}`,
  );
  const [wait] = standings.flatMap(({ retryAfter }) => retryAfter ?? []);
  return [
    ['ratelimit-policy', policies.join(', ')],
    ['ratelimit', left.join(', ')],
    ...(wait === undefined ? [] : [['retry-after', String(wait)] satisfies [string, string]]),
  ];
}
