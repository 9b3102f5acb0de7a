import type { Clock } from '@polity/kernel/clock';
import { uuidv7 } from '@polity/kernel/ids';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import { liveKey } from '@polity/kernel/request/live-sessions';
import { change, type SessionEntries, sessionEntries, timeToLive } from './entries.ts';
import { assured, type FoundSession, keys, type SessionRecord, secondsLeft } from './record.ts';

export type NewSession = Omit<SessionRecord, 'id' | 'createdAt' | 'lastSeenAt' | 'epoch' | 'proof'>;
type Started = { cookie: string; found: FoundSession };

export interface SessionStore {
  /** Starts a session and returns the cookie value. */
  start(session: NewSession): Promise<Started>;
  /** The live session of a cookie, or null; marks it seen at most once a minute. */
  find(cookie: string): Promise<FoundSession | null>;
  /** Replaces a session by a new one with a new cookie and the same id; the old cookie is dead. Null when it had ended already. */
  renew(found: FoundSession, changes: Partial<SessionRecord>): Promise<Started | null>;
  list(userId: string): Promise<SessionRecord[]>;
  // The OpenID Connect provider's session of the same browser rests on ours, so whatever ends a session ends it there too.
  /** Ends a session; false when it had ended already. */
  end(found: FoundSession): Promise<boolean>;
  /** Ends one session of a user by its id and returns it as it was; null when there is none. */
  endById(userId: string, id: string): Promise<SessionRecord | null>;
  /** Ends all sessions of a user but the one under `exceptKey`; returns how many. */
  endAll(userId: string, exceptKey?: string): Promise<number>;
  /** Ends the sessions that a user began before `atMs`, epoch milliseconds, in one tenant or, for null, in all; returns how many. */
  endBefore(userId: string, atMs: number, tenantId: string | null): Promise<number>;
}

const SEEN_EVERY_MS = 60_000;
/** Live sessions of one person; the one that was used longest ago makes room. */
const MAX_SESSIONS = 50;

async function find(entries: SessionEntries, cookie: string): Promise<FoundSession | null> {
  const { kv, clock } = entries;
  const key = keys.session(cookie);
  const value = await kv.get(key);
  if (!value) return null;
  const stored = JSON.parse(value) as SessionRecord;
  if (secondsLeft(stored, clock.nowMs()) <= 0) return null;
  const [epoch, noted] = await kv.getMany([keys.epoch(stored.userId), liveKey(stored.id)]);
  if (noted === null || Number(epoch ?? 0) > stored.epoch) return null;
  const record = assured(stored, clock.nowMs());
  if (clock.nowMs() - record.lastSeenAt < SEEN_EVERY_MS) return { key, record };
  const seen = { ...record, lastSeenAt: clock.nowMs() };
  // Compare and set: a session that was ended meanwhile must not come back, and another change of it must not be lost.
  if (await kv.replace(key, value, JSON.stringify(seen), { ttlSeconds: timeToLive(seen, clock) }))
    return { key, record: seen };
  const now = await kv.get(key);
  return now ? { key, record: JSON.parse(now) as SessionRecord } : null;
}

async function endAll(entries: SessionEntries, userId: string, exceptKey?: string): Promise<number> {
  const others = ({ key }: FoundSession) => key !== exceptKey;
  const ended = (await entries.live(userId)).filter(others).length;
  const next = (await entries.epoch(userId)) + 1;
  const keep = async (epoch: number) => {
    if (exceptKey)
      await change(entries.kv, exceptKey, (record) => ({ ...record, epoch: Math.max(epoch, record.epoch) }));
  };
  // The epoch ends sessions that are being started right now; the kept one moves ahead of it, so that it is never dead in between.
  await keep(next);
  const now = await entries.kv.increment(keys.epoch(userId), 1);
  if (now > next) await keep(now);
  // Listed once they are dead by their epoch: what was being started meanwhile ends at the provider too.
  const older = (await entries.all(userId)).filter((found) => others(found) && found.record.epoch < now);
  await Promise.all(older.map(entries.end));
  return ended;
}

async function makeRoom(entries: SessionEntries, userId: string): Promise<void> {
  const live = await entries.live(userId);
  const surplus = live.length - MAX_SESSIONS + 1;
  if (surplus <= 0) return;
  const longestUnused = live.sort((a, b) => a.record.lastSeenAt - b.record.lastSeenAt).slice(0, surplus);
  await Promise.all(longestUnused.map(entries.end));
}

/** Sessions on the key-value store. Every method throws StoreUnavailable when the store does not answer. */
export function sessionStore(kv: KeyValueStore, clock: Clock): SessionStore {
  const entries = sessionEntries(kv, clock);
  return {
    async start(session) {
      const nowMs = clock.nowMs();
      const epoch = await entries.epoch(session.userId);
      await makeRoom(entries, session.userId);
      const [id, proof] = [uuidv7(), uuidv7()];
      await entries.notes.begin(id);
      return entries.create({ ...session, id, proof, createdAt: nowMs, lastSeenAt: nowMs, epoch });
    },
    find: (cookie) => find(entries, cookie),
    async renew(found, changes) {
      // Whoever ends it first wins: of two renewals, or of a renewal and a revocation, only one has an effect.
      if (!(await entries.remove(found))) return null;
      const proved = changes.authTime === undefined ? {} : { proof: uuidv7() };
      return entries.create({ ...found.record, lastSeenAt: clock.nowMs(), ...changes, ...proved });
    },
    list: async (userId) => (await entries.live(userId)).map(({ record }) => record),
    end: entries.end,
    async endById(userId, id) {
      const found = (await entries.live(userId)).find(({ record }) => record.id === id);
      return found && (await entries.end(found)) ? found.record : null;
    },
    endAll: (userId, exceptKey) => endAll(entries, userId, exceptKey),
    async endBefore(userId, atMs, tenantId) {
      const concerned = ({ record }: FoundSession) => tenantId === null || record.tenantId === tenantId;
      const older = (await entries.live(userId)).filter((found) => found.record.createdAt < atMs && concerned(found));
      await Promise.all(older.map(entries.end));
      return older.length;
    },
  };
}
