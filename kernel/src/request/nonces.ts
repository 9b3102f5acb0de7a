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

/** Nonces of the service of that name, shared by its replicas and kept in a key-value store. Throws what the store throws. */
export function storeNonces(store: SetsIfAbsent, service: string): NonceStore {
  return { claim: (nonce, ttlSeconds) => store.setIfAbsent(`nonce:${service}:${nonce}`, '1', { ttlSeconds }) };
}
