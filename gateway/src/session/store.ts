import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '@polity/kernel/clock';
import { uuidv7 } from '@polity/kernel/ids';
import type { KeyValueStore } from '@polity/kernel/kv/store';

/** One signed-in browser. The cookie's value is never stored, only its SHA-256. */
export interface SessionRecord {
  id: string;
  userId: string;
  /** Tenant the session acts in; null before one was chosen. */
  tenantId: string | null;
  amr: string[];
  acr: string;
  /** Epoch seconds of the last proof of identity. */
  authTime: number;
  device: string | null;
  address: string | null;
  /** Epoch milliseconds. */
  createdAt: number;
  lastSeenAt: number;
  /** Sign-in generation of the user when the session began; an older one than the user's is dead. */
  epoch: number;
}

/** A found session together with the key it lies under. */
export interface FoundSession {
  record: SessionRecord;
  key: string;
}

/** Seconds that a session lives without use, and in all, by assurance level (NIST SP 800-63B 2.1.3, 2.2.3). */
export const LIFETIMES: Record<string, { idle: number; absolute: number }> = {
  aal1: { idle: 24 * 3600, absolute: 30 * 24 * 3600 },
  aal2: { idle: 24 * 3600, absolute: 30 * 24 * 3600 },
};
const SEEN_EVERY_MS = 60_000;

const keyOf = (cookie: string) => `session:${createHash('sha256').update(cookie).digest('base64url')}`;
const indexOf = (userId: string) => `sessions:${userId}`;
const epochOf = (userId: string) => `epoch:${userId}`;

export interface SessionStore {
  /** Starts a session and returns the cookie value: 32 random bytes, base64url. */
  start(session: Omit<SessionRecord, 'id' | 'createdAt' | 'lastSeenAt' | 'epoch'>): Promise<{ cookie: string; found: FoundSession }>;
  /** The live session of a cookie, or null; marks it seen at most once a minute. */
  find(cookie: string): Promise<FoundSession | null>;
  /** Replaces a session by a new one with a new cookie and the same id; the old cookie is dead. */
  renew(found: FoundSession, changes: Partial<SessionRecord>): Promise<{ cookie: string; found: FoundSession }>;
  list(userId: string): Promise<SessionRecord[]>;
  end(found: FoundSession): Promise<void>;
  /** Ends one session of a user by its id; false when there is none. */
  endById(userId: string, id: string): Promise<boolean>;
  /** Ends all sessions of a user but the one under `exceptKey`; returns how many. */
  endAll(userId: string, exceptKey?: string): Promise<number>;
}

/** Sessions on the key-value store: one entry per session, an index per user and an epoch per user. */
export function sessionStore(kv: KeyValueStore, clock: Clock): SessionStore {
  const lifetime = (record: SessionRecord) => LIFETIMES[record.acr] ?? (LIFETIMES.aal1 as { idle: number; absolute: number });

  function secondsLeft(record: SessionRecord): number {
    const { idle, absolute } = lifetime(record);
    return Math.min(idle, absolute - (clock.nowMs() - record.createdAt) / 1000);
  }

  async function put(key: string, record: SessionRecord): Promise<void> {
    const ttlSeconds = Math.max(1, Math.ceil(secondsLeft(record)));
    await kv.addMember(indexOf(record.userId), key, { ttlSeconds: lifetime(record).absolute });
    await kv.set(key, JSON.stringify(record), { ttlSeconds });
  }

  async function create(record: SessionRecord): Promise<{ cookie: string; found: FoundSession }> {
    const cookie = randomBytes(32).toString('base64url');
    const key = keyOf(cookie);
    await put(key, record);
    return { cookie, found: { record, key } };
  }

  const epoch = async (userId: string) => Number((await kv.get(epochOf(userId))) ?? 0);

  async function all(userId: string): Promise<FoundSession[]> {
    const keys = await kv.members(indexOf(userId));
    const values = await kv.getMany(keys);
    return keys.flatMap((key, index) => {
      const value = values[index];
      return value ? [{ key, record: JSON.parse(value) as SessionRecord }] : [];
    });
  }

  async function end(found: FoundSession): Promise<void> {
    await kv.delete(found.key);
    await kv.removeMember(indexOf(found.record.userId), found.key);
  }

  async function touched(found: FoundSession): Promise<FoundSession> {
    const { record, key } = found;
    if (clock.nowMs() - record.lastSeenAt < SEEN_EVERY_MS) return found;
    const seen = { ...record, lastSeenAt: clock.nowMs() };
    // Compare and set: a session that was ended meanwhile must not come back.
    await kv.replace(key, JSON.stringify(record), JSON.stringify(seen), { ttlSeconds: Math.max(1, Math.ceil(secondsLeft(seen))) });
    return { key, record: seen };
  }

  return {
    async start(session) {
      const nowMs = clock.nowMs();
      return create({ ...session, id: uuidv7(), createdAt: nowMs, lastSeenAt: nowMs, epoch: await epoch(session.userId) });
    },
    async find(cookie) {
      const key = keyOf(cookie);
      const value = await kv.get(key);
      if (!value) return null;
      const record = JSON.parse(value) as SessionRecord;
      const idleMs = clock.nowMs() - record.lastSeenAt;
      if (secondsLeft(record) <= 0 || idleMs / 1000 > lifetime(record).idle) return null;
      if ((await epoch(record.userId)) > record.epoch) return null;
      return touched({ record, key });
    },
    async renew(found, changes) {
      await end(found);
      return create({ ...found.record, ...changes });
    },
    list: async (userId) => {
      const current = await epoch(userId);
      return (await all(userId)).map(({ record }) => record).filter((record) => record.epoch >= current && secondsLeft(record) > 0);
    },
    end,
    async endById(userId, id) {
      const found = (await all(userId)).find(({ record }) => record.id === id);
      if (found) await end(found);
      return found !== undefined;
    },
    async endAll(userId, exceptKey) {
      const sessions = (await all(userId)).filter(({ key }) => key !== exceptKey);
      // The epoch ends sessions that are being started right now; a kept session moves to the new one.
      const now = await kv.increment(epochOf(userId), 1);
      if (exceptKey) await moveToEpoch(kv, exceptKey, now);
      await Promise.all(sessions.map(end));
      return sessions.length;
    },
  };
}

async function moveToEpoch(kv: KeyValueStore, key: string, epoch: number): Promise<void> {
  const value = await kv.get(key);
  if (!value) return;
  const record = { ...(JSON.parse(value) as SessionRecord), epoch };
  await kv.replace(key, value, JSON.stringify(record), { ttlSeconds: (LIFETIMES[record.acr] ?? LIFETIMES.aal1)?.idle ?? 3600 });
}
