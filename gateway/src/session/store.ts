import type { Clock } from '@polity/kernel/clock';
import { uuidv7 } from '@polity/kernel/ids';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import { actorOf } from '@polity/kernel/request/acting';
import { type SignOuts, signOuts } from '@polity/kernel/request/sign-outs';
import { change, type SessionEntries, sessionEntries, timeToLive } from './entries.ts';
import { assured, type FoundSession, keys, type SessionRecord, secondsLeft } from './record.ts';

export type NewSession = Omit<SessionRecord, 'id' | 'createdAt' | 'lastSeenAt' | 'epoch'>;
type Started = { cookie: string; found: FoundSession };

export interface SessionStore {
  /** Starts a session and returns the cookie value. */
  start(session: NewSession): Promise<Started>;
  /** The live session of a cookie, or null; marks it seen at most once a minute. */
  find(cookie: string): Promise<FoundSession | null>;
  /** Replaces a session by a new one with a new cookie and the same id; the old cookie is dead. Null when it had ended already. */
  renew(found: FoundSession, changes: Partial<SessionRecord>): Promise<Started | null>;
  list(userId: string): Promise<SessionRecord[]>;
  /** Ends a session that another takes the place of; false when it had ended already. */
  end(found: FoundSession): Promise<boolean>;
  // Whoever signs out is signed out at the OpenID Connect provider too: its sessions are not tied to ours, so all of the person's end there.
  /** Ends a session because its person wants it to; false when it had ended already. */
  signOut(found: FoundSession): Promise<boolean>;
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
  if (secondsLeft(stored, clock.nowMs()) <= 0 || (await entries.epoch(stored.userId)) > stored.epoch) return null;
  const record = assured(stored, clock.nowMs());
  if (clock.nowMs() - record.lastSeenAt < SEEN_EVERY_MS) return { key, record };
  const seen = { ...record, lastSeenAt: clock.nowMs() };
  // Compare and set: a session that was ended meanwhile must not come back, and another change of it must not be lost.
  if (await kv.replace(key, value, JSON.stringify(seen), { ttlSeconds: timeToLive(seen, clock) }))
    return { key, record: seen };
  const now = await kv.get(key);
  return now ? { key, record: JSON.parse(now) as SessionRecord } : null;
}

const seconds = (ms: number) => Math.floor(ms / 1000);

async function signOut(entries: SessionEntries, outs: SignOuts, found: FoundSession): Promise<boolean> {
  const { record } = found;
  // Somebody who acts as the person never was at the provider in their name.
  if (actorOf(record) === null) await outs.signOut(record.userId, seconds(entries.clock.nowMs()));
  return entries.end(found);
}

async function endAll(entries: SessionEntries, userId: string, exceptKey?: string): Promise<number> {
  const sessions = (await entries.live(userId)).filter(({ key }) => key !== exceptKey);
  const next = (await entries.epoch(userId)) + 1;
  const keep = async (epoch: number) => {
    if (exceptKey)
      await change(entries.kv, exceptKey, (record) => ({ ...record, epoch: Math.max(epoch, record.epoch) }));
  };
  // The epoch ends sessions that are being started right now; the kept one moves ahead of it, so that it is never dead in between.
  await keep(next);
  const now = await entries.kv.increment(keys.epoch(userId), 1);
  if (now > next) await keep(now);
  await Promise.all(sessions.map(entries.end));
  return sessions.length;
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
  const outs = signOuts(kv);
  return {
    async start(session) {
      const nowMs = clock.nowMs();
      const epoch = await entries.epoch(session.userId);
      await makeRoom(entries, session.userId);
      return entries.create({ ...session, id: uuidv7(), createdAt: nowMs, lastSeenAt: nowMs, epoch });
    },
    find: (cookie) => find(entries, cookie),
    async renew(found, changes) {
      // Whoever ends it first wins: of two renewals, or of a renewal and a revocation, only one has an effect.
      if (!(await entries.end(found))) return null;
      return entries.create({ ...found.record, lastSeenAt: clock.nowMs(), ...changes });
    },
    list: async (userId) => (await entries.live(userId)).map(({ record }) => record),
    end: entries.end,
    signOut: (found) => signOut(entries, outs, found),
    async endById(userId, id) {
      const found = (await entries.live(userId)).find(({ record }) => record.id === id);
      return found && (await signOut(entries, outs, found)) ? found.record : null;
    },
    async endAll(userId, exceptKey) {
      await outs.signOut(userId, seconds(clock.nowMs()));
      return endAll(entries, userId, exceptKey);
    },
    async endBefore(userId, atMs, tenantId) {
      if (tenantId === null) await outs.endUntil(userId, seconds(atMs));
      const concerned = ({ record }: FoundSession) => tenantId === null || record.tenantId === tenantId;
      const older = (await entries.live(userId)).filter((found) => found.record.createdAt < atMs && concerned(found));
      await Promise.all(older.map(entries.end));
      return older.length;
    },
  };
}
