import { type Clock, systemClock } from '../clock.ts';

/** Remembers the nonces of requests, so that none acts twice. */
export interface NonceStore {
  /** True for the first claim within the time to live, in seconds; false for every other. */
  claim(nonce: string, ttlSeconds: number): Promise<boolean>;
}

/** The one operation that a shared nonce store needs of a key-value store. */
export interface SetsIfAbsent {
  setIfAbsent(key: string, value: string, expiry: { ttlSeconds: number }): Promise<boolean>;
}

/** Nonces of one process; enough where a subgraph has one replica. */
export function memoryNonces(clock: Clock = systemClock): NonceStore {
  const expiries = new Map<string, number>();
  // Entries lie in the order in which they were claimed, and all live equally long, so the expired ones are in front.
  function forgetExpired(now: number) {
    for (const [nonce, expiry] of expiries) {
      if (expiry > now) return;
      expiries.delete(nonce);
    }
  }
  return {
    async claim(nonce, ttlSeconds) {
      const now = clock.nowMs();
      forgetExpired(now);
      if ((expiries.get(nonce) ?? 0) > now) return false;
      expiries.set(nonce, now + ttlSeconds * 1_000);
      return true;
    },
  };
}

/** Longest wait for the shared store, and how long it is left alone after it did not answer, in milliseconds. */
const STORE_PATIENCE_MS = 100;
const STORE_REST_MS = 1_000;

/** Rejects when `work` takes longer than that. */
function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('too slow')), ms);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * Nonces of the service of that name, shared by its replicas and kept in a key-value store. Each process remembers its own as well, and goes
 * on with these alone while the store does not answer: a request that somebody caught could then act once more at each other replica,
 * within its 30 seconds. `onOutage` is told about every request that was let through like that.
 */
export function storeNonces(
  store: SetsIfAbsent,
  service: string,
  onOutage: (error: unknown) => void = () => undefined,
  clock: Clock = systemClock,
): NonceStore {
  const own = memoryNonces(clock);
  let isAway = false;
  let triesAgainAt = 0;
  const claimShared = (nonce: string, ttlSeconds: number) =>
    within(STORE_PATIENCE_MS, store.setIfAbsent(`nonce:${service}:${nonce}`, '1', { ttlSeconds }));

  function noteAway(error: unknown): void {
    isAway = true;
    triesAgainAt = clock.nowMs() + STORE_REST_MS;
    onOutage(error);
  }

  /** Tries beside the request, so that none waits for a store that was away a moment ago. */
  function tryAgain(nonce: string, ttlSeconds: number): void {
    if (clock.nowMs() < triesAgainAt) return;
    triesAgainAt = clock.nowMs() + STORE_REST_MS;
    void claimShared(nonce, ttlSeconds).then(() => (isAway = false), noteAway);
  }

  return {
    async claim(nonce, ttlSeconds) {
      if (!(await own.claim(nonce, ttlSeconds))) return false;
      if (isAway) {
        tryAgain(nonce, ttlSeconds);
        return true;
      }
      try {
        return await claimShared(nonce, ttlSeconds);
      } catch (error) {
        noteAway(error);
        return true;
      }
    },
  };
}
