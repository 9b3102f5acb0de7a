import { type Clock, systemClock } from '../clock.ts';
import { assertSafeInteger, type Expiry, type KeyValueStore, lifeMs, StoreUnavailable } from './store.ts';

interface Entry {
  value: string;
  /** Unix milliseconds; null for ever. */
  expiresAt: number | null;
}

const WRITES_PER_SWEEP = 1_000;

function expiringMap(clock: Clock) {
  const entries = new Map<string, Entry>();
  let writes = 0;

  const isLive = (entry: Entry | undefined): entry is Entry =>
    entry !== undefined && (entry.expiresAt === null || entry.expiresAt > clock.nowMs());

  function sweep() {
    for (const [key, entry] of entries) if (!isLive(entry)) entries.delete(key);
  }

  return {
    get(key: string) {
      const entry = entries.get(key);
      return isLive(entry) ? entry : undefined;
    },
    set(key: string, value: string, expiresAt: number | null) {
      if (++writes % WRITES_PER_SWEEP === 0) sweep();
      entries.set(key, { value, expiresAt });
    },
    delete(key: string) {
      const live = isLive(entries.get(key));
      entries.delete(key);
      return live;
    },
    keys() {
      sweep();
      return [...entries.keys()];
    },
  };
}

function asNumber(value: string): number {
  if (!/^-?\d+$/.test(value)) throw new TypeError('the value is not a number');
  return Number(value);
}

function counters(entries: ReturnType<typeof expiringMap>, deadline: (expiry?: Expiry) => number | null) {
  return {
    max(key: string, n: number) {
      assertSafeInteger(n);
      const old = entries.get(key);
      const result = old ? Math.max(asNumber(old.value), n) : n;
      entries.set(key, String(result), null);
      return result;
    },
    increment(key: string, by: number, expiry?: Expiry) {
      assertSafeInteger(by);
      const expiresAt = deadline(expiry);
      const old = entries.get(key);
      const result = (old ? asNumber(old.value) : 0) + by;
      entries.set(key, String(result), old ? old.expiresAt : expiresAt);
      return result;
    },
  };
}

function memberSets(clock: Clock, deadline: (expiry?: Expiry) => number | null) {
  const sets = new Map<string, ReturnType<typeof expiringMap>>();
  return {
    add(set: string, member: string, expiry?: Expiry) {
      const expiresAt = deadline(expiry);
      const members = sets.get(set) ?? expiringMap(clock);
      sets.set(set, members);
      members.set(member, '', expiresAt);
    },
    remove: (set: string, member: string) => sets.get(set)?.delete(member) ?? false,
    list(set: string) {
      const members = sets.get(set)?.keys() ?? [];
      if (members.length === 0) sets.delete(set);
      return members;
    },
  };
}

/** A store inside this process: for tests, and for processes that share nothing. Throws `StoreUnavailable` once closed. */
export function memoryStore({ clock = systemClock }: { clock?: Clock } = {}): KeyValueStore {
  const entries = expiringMap(clock);
  const deadline = (expiry?: Expiry) => {
    const life = lifeMs(expiry);
    return life === null ? null : clock.nowMs() + life;
  };
  const counts = counters(entries, deadline);
  const sets = memberSets(clock, deadline);
  let closed = false;

  async function once<T>(act: () => T): Promise<T> {
    if (closed) throw new StoreUnavailable(new Error('closed'));
    return act();
  }

  const put = (key: string, value: string, expiry?: Expiry) => entries.set(key, value, deadline(expiry));
  const putIfAbsent = (key: string, value: string, expiry?: Expiry) => {
    if (entries.get(key)) return false;
    put(key, value, expiry);
    return true;
  };
  const putInstead = (key: string, expected: string, value: string, expiry?: Expiry) => {
    const old = entries.get(key);
    if (old?.value !== expected) return false;
    entries.set(key, value, deadline(expiry) ?? old.expiresAt);
    return true;
  };

  return {
    get: (key) => once(() => entries.get(key)?.value ?? null),
    getMany: (keys) => once(() => keys.map((key) => entries.get(key)?.value ?? null)),
    set: (key, value, expiry) => once(() => put(key, value, expiry)),
    setIfAbsent: (key, value, expiry) => once(() => putIfAbsent(key, value, expiry)),
    replace: (key, expected, value, expiry) => once(() => putInstead(key, expected, value, expiry)),
    delete: (key) => once(() => entries.delete(key)),
    deleteMany: (keys) => once(() => keys.filter((key) => entries.delete(key)).length),
    max: (key, n) => once(() => counts.max(key, n)),
    increment: (key, by, expiry) => once(() => counts.increment(key, by, expiry)),
    addMember: (set, member, expiry) => once(() => sets.add(set, member, expiry)),
    removeMember: (set, member) => once(() => sets.remove(set, member)),
    members: (set) => once(() => sets.list(set)),
    ping: () => once(() => undefined),
    close: async () => {
      closed = true;
    },
  };
}
