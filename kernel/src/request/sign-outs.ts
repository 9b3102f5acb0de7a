import { keyId } from '../ids.ts';
import type { Expiry, KeyValueStore } from '../kv/store.ts';

/** How long the store remembers a proof of identity, and with it the longest that anything may rest on one. */
const LIFE: Expiry = { ttlSeconds: 30 * 24 * 3600 };

const provedKey = (userId: string) => `proved:${keyId(userId)}`;
const outKey = (userId: string) => `signed-out:${keyId(userId)}`;

/**
 * Until when proofs of identity count that another service than the one with the sessions took. Kept where sessions are, so that a sign-out
 * needs no other service, and whatever loses the one loses the other. All times are epoch seconds.
 */
export interface SignOuts {
  /** Notes that somebody proved who they are, and returns the time to write down for it: after any sign-out so far, whatever two clocks say. */
  proved(userId: string, at: number): Promise<number>;
  /** Ends what rests on any proof so far. */
  signOut(userId: string, at: number): Promise<void>;
  /** Ends what rests on a proof until `at`, for what is told late. */
  endUntil(userId: string, at: number): Promise<void>;
  /** Whether a proof counts no more: its person signed out since, or the store has forgotten it. */
  isOver(userId: string, provedAt: number): Promise<boolean>;
}

async function raise(kv: KeyValueStore, key: string, to: number): Promise<void> {
  for (;;) {
    const known = await kv.get(key);
    if (known !== null && Number(known) >= to) return;
    const next = String(to);
    if (known === null ? await kv.setIfAbsent(key, next, LIFE) : await kv.replace(key, known, next, LIFE)) return;
  }
}

/** The sign-outs that this store knows of. Every method throws StoreUnavailable when it does not answer. */
export function signOuts(kv: KeyValueStore): SignOuts {
  return {
    async proved(userId, at) {
      const out = Number((await kv.get(outKey(userId))) ?? 0);
      const time = Math.max(at, out + 1);
      await raise(kv, provedKey(userId), time);
      return time;
    },
    async signOut(userId, at) {
      const proved = Number((await kv.get(provedKey(userId))) ?? 0);
      await raise(kv, outKey(userId), Math.max(at, proved));
    },
    endUntil: (userId, at) => raise(kv, outKey(userId), at),
    async isOver(userId, provedAt) {
      const [proved, out] = await kv.getMany([provedKey(userId), outKey(userId)]);
      return !proved || provedAt <= Number(out ?? 0);
    },
  };
}
