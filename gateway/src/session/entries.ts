import type { Clock } from '@polity/kernel/clock';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import { type FoundSession, keys, LONGEST_SECONDS, newCookie, type SessionRecord, secondsLeft } from './record.ts';

/** Sessions as entries of the key-value store, without the rules about when they begin and end. */
export interface SessionEntries {
  clock: Clock;
  kv: KeyValueStore;
  epoch(userId: string): Promise<number>;
  create(record: SessionRecord): Promise<{ cookie: string; found: FoundSession }>;
  /** Sessions of a user that still count. */
  live(userId: string): Promise<FoundSession[]>;
  /** False when it had ended already. */
  end(found: FoundSession): Promise<boolean>;
}

const read = (value: string) => JSON.parse(value) as SessionRecord;

export function sessionEntries(kv: KeyValueStore, clock: Clock): SessionEntries {
  const epoch = async (userId: string) => Number((await kv.get(keys.epoch(userId))) ?? 0);
  return {
    clock,
    kv,
    epoch,
    async create(record) {
      const cookie = newCookie();
      const key = keys.session(cookie);
      await kv.addMember(keys.index(record.userId), key, { ttlSeconds: LONGEST_SECONDS });
      await kv.set(key, JSON.stringify(record), { ttlSeconds: timeToLive(record, clock) });
      return { cookie, found: { record, key } };
    },
    async live(userId) {
      const members = await kv.members(keys.index(userId));
      if (members.length === 0) return [];
      const [current, values] = await Promise.all([epoch(userId), kv.getMany(members)]);
      return members
        .flatMap((key, index) => (values[index] ? [{ key, record: read(values[index]) }] : []))
        .filter(({ record }) => record.epoch >= current && secondsLeft(record, clock.nowMs()) > 0);
    },
    async end(found) {
      const ended = await kv.delete(found.key);
      await kv.removeMember(keys.index(found.record.userId), found.key);
      return ended;
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
