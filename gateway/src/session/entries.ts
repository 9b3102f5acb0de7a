import type { Clock } from '@polity/kernel/clock';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import { type LiveSessions, liveKey, liveSessions } from '@polity/kernel/request/live-sessions';
import { type FoundSession, keys, LONGEST_SECONDS, newCookie, type SessionRecord, secondsLeft } from './record.ts';

/** Sessions as entries of the key-value store, without the rules about when they begin and end. */
export interface SessionEntries {
  clock: Clock;
  kv: KeyValueStore;
  /** What the OpenID Connect provider rests on. */
  notes: LiveSessions;
  epoch(userId: string): Promise<number>;
  create(record: SessionRecord): Promise<{ cookie: string; found: FoundSession }>;
  /** Sessions of a user that still count. */
  live(userId: string): Promise<FoundSession[]>;
  /** Every entry of a user, also of sessions that count no more. */
  all(userId: string): Promise<FoundSession[]>;
  /** Removes an entry whose session goes on under another; false when it was gone already. */
  remove(found: FoundSession): Promise<boolean>;
  /** Ends a session, here and at the provider; false when it had ended already. */
  end(found: FoundSession): Promise<boolean>;
}

const read = (value: string) => JSON.parse(value) as SessionRecord;

export function sessionEntries(kv: KeyValueStore, clock: Clock): SessionEntries {
  const notes = liveSessions(kv);
  const epoch = async (userId: string) => Number((await kv.get(keys.epoch(userId))) ?? 0);
  async function all(userId: string): Promise<FoundSession[]> {
    const members = await kv.members(keys.index(userId));
    const values = members.length > 0 ? await kv.getMany(members) : [];
    return members.flatMap((key, index) => (values[index] ? [{ key, record: read(values[index]) }] : []));
  }
  async function remove(found: FoundSession): Promise<boolean> {
    const removed = await kv.delete(found.key);
    await kv.removeMember(keys.index(found.record.userId), found.key);
    return removed;
  }
  return {
    clock,
    kv,
    notes,
    epoch,
    all,
    remove,
    async create(record) {
      const cookie = newCookie();
      const key = keys.session(cookie);
      await kv.addMember(keys.index(record.userId), key, { ttlSeconds: LONGEST_SECONDS });
      await kv.set(key, JSON.stringify(record), { ttlSeconds: timeToLive(record, clock) });
      return { cookie, found: { record, key } };
    },
    async live(userId) {
      const found = await all(userId);
      if (found.length === 0) return [];
      const read = [keys.epoch(userId), ...found.map(({ record }) => liveKey(record.id))];
      const [current, ...noted] = await kv.getMany(read);
      const counts = ({ record }: FoundSession, index: number) =>
        noted[index] !== null && record.epoch >= Number(current ?? 0) && secondsLeft(record, clock.nowMs()) > 0;
      return found.filter(counts);
    },
    async end(found) {
      await notes.end(found.record.id);
      return remove(found);
    },
  };
}

/** Seconds after which the store may forget the entry. */
export function timeToLive(record: SessionRecord, clock: Clock): number {
  return Math.max(1, Math.ceil(secondsLeft(record, clock.nowMs())));
}

/** Changes an entry in place; tries until no other change of it comes between, and gives up on one that is gone. */
export async function change(
  kv: KeyValueStore,
  key: string,
  next: (record: SessionRecord) => SessionRecord,
): Promise<void> {
  for (;;) {
    const value = await kv.get(key);
    if (!value || (await kv.replace(key, value, JSON.stringify(next(read(value)))))) return;
  }
}
