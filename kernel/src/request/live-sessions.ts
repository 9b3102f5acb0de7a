import type { Expiry, KeyValueStore } from '../kv/store.ts';

/** Longer than any session of a browser lives, in seconds. */
const LIFE: Expiry = { ttlSeconds: 30 * 24 * 3600 };

/** Key of the note that a session goes on, for those who read it together with others. */
export const liveKey = (sessionId: string): string => `live:${sessionId}`;

/**
 * Which sessions of browsers go on. The gateway and the OpenID Connect provider both rest on this one note, which lies where sessions are: either
 * ends a session for both without asking the other, and whatever loses the sessions loses the notes.
 */
export interface LiveSessions {
  begin(sessionId: string): Promise<void>;
  end(sessionId: string): Promise<void>;
  isLive(sessionId: string): Promise<boolean>;
}

/** The live sessions of this store. Every method throws StoreUnavailable when it does not answer. */
export function liveSessions(kv: KeyValueStore): LiveSessions {
  return {
    begin: (sessionId) => kv.set(liveKey(sessionId), '1', LIFE),
    end: async (sessionId) => void (await kv.delete(liveKey(sessionId))),
    isLive: async (sessionId) => (await kv.get(liveKey(sessionId))) !== null,
  };
}
