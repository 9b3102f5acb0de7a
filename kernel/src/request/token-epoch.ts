import type { Clock } from '../clock.ts';
import { SubgraphUnavailable } from '../graph/errors.ts';
import type { KeyValueStore } from '../kv/store.ts';

const KEY = 'tokens:epoch';

/**
 * A number that grows whenever an access token ended before its time. What was found out about any token counts only while the number that
 * was read before finding it out still stands, so that an ending that was acknowledged is one for every gateway.
 */
export interface TokenEpoch {
  /** Throws `StoreUnavailable`. */
  read(): Promise<string>;
  /** Call it once the ending has committed, and acknowledge the ending only then. Throws SubgraphUnavailable where that is not stored. */
  advance(): Promise<void>;
}

/** The epoch in the store of stamps, which all processes of an installation share. */
export function tokenEpoch(stamps: KeyValueStore, clock: Clock): TokenEpoch {
  const read = async () => (await stamps.get(KEY)) ?? '0';
  return {
    read,
    async advance() {
      try {
        // Of two that advance at once both may write one number: it was read after either commit, so whoever reads it sees both endings.
        // The time keeps a store that lost its data from coming back to a number that somebody remembers.
        await stamps.max(KEY, Math.max(Number(await read()) + 1, clock.nowMs()));
      } catch (cause) {
        throw new SubgraphUnavailable('identity', cause);
      }
    },
  };
}
