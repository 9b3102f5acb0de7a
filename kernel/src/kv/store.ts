/** Life of an entry; without `ttlSeconds` it does not expire. Fractions of a second count. */
export interface Expiry {
  ttlSeconds?: number | undefined;
}

/**
 * What sessions, caches, stamps and counters are kept in: strings under string keys, each operation atomic and one round trip.
 * Every method throws `StoreUnavailable` when the store does not answer; nothing ever falls back to a stale or invented value.
 */
export interface KeyValueStore {
  get(key: string): Promise<string | null>;
  /** Values in the order of `keys`, in one round trip. */
  getMany(keys: readonly string[]): Promise<(string | null)[]>;
  set(key: string, value: string, expiry?: Expiry): Promise<void>;
  /** False when a live entry is there already; it is left as it was. */
  setIfAbsent(key: string, value: string, expiry?: Expiry): Promise<boolean>;
  /** Compare and set: false unless the live value equals `expected`. Without `ttlSeconds` the remaining life is kept. */
  replace(key: string, expected: string, value: string, expiry?: Expiry): Promise<boolean>;
  /** True when a live entry was removed. */
  delete(key: string): Promise<boolean>;
  /** Number of live entries removed. */
  deleteMany(keys: readonly string[]): Promise<number>;
  /** Stores the greater of the old number and `n`, without expiry, and returns it; throws `RangeError` unless `n` is a safe integer. */
  max(key: string, n: number): Promise<number>;
  /** Adds `by` and returns the sum; the life is set by the first increment only. Throws `RangeError` unless `by` is a safe integer. */
  increment(key: string, by: number, expiry?: Expiry): Promise<number>;
  /** Puts a member into a set; each member has a life of its own, renewed when it is added again. */
  addMember(set: string, member: string, expiry?: Expiry): Promise<void>;
  /** True when a live member was removed. */
  removeMember(set: string, member: string): Promise<boolean>;
  /** Live members, in no particular order. */
  members(set: string): Promise<string[]>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Thrown when the store cannot be reached or does not answer in time; the message names neither host nor key. */
export class StoreUnavailable extends Error {
  constructor(cause: unknown) {
    super('The key-value store does not answer.', { cause });
    this.name = 'StoreUnavailable';
  }
}

/** Life in whole milliseconds, or null for an entry that does not expire; throws `RangeError` unless it is positive. */
export function lifeMs(expiry: Expiry | undefined): number | null {
  const seconds = expiry?.ttlSeconds;
  if (seconds === undefined) return null;
  if (!(seconds > 0) || !Number.isFinite(seconds)) throw new RangeError('ttlSeconds must be a positive number');
  return Math.ceil(seconds * 1000);
}

/** Throws `RangeError` for what JSON, PostgreSQL and Redis would not all count alike. */
export function assertSafeInteger(n: number): void {
  if (!Number.isSafeInteger(n)) throw new RangeError('not a safe integer');
}
