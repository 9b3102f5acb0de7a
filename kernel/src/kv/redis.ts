import { Redis } from 'ioredis';
import { redisScripts } from './redis-scripts.ts';
import { assertSafeInteger, type Expiry, type KeyValueStore, lifeMs, StoreUnavailable } from './store.ts';

/** Where Redis is; `prefix` (default `polity:`) keeps installations that share a server apart. */
export interface RedisStoreOptions {
  url: string;
  /** For an address that holds none. */
  password?: string | undefined;
  prefix?: string;
  /** Replicas that must have a version before it counts as stored (0), so that a failover cannot bring an older one back. */
  replicas?: number;
}

const ANSWER_MS = 1_000;
/** Once a command had no answer in that time, how long the server is left alone before one command tries again. */
const LEFT_ALONE_MS = 250;
/** How long replicas may take to confirm. */
const REPLICA_MS = 500;

/** Answers of Redis about the value rather than about itself; every other failure means the store is not available. */
const ABOUT_THE_VALUE = /^(ERR )?(value is not|increment or|NOT_A_NUMBER)|^WRONGTYPE/;

function connect(url: string, password: string | undefined): Redis {
  const redis = new Redis(url, {
    ...(password !== undefined && { password }),
    // Fail closed: a command that cannot be sent or answered now is refused, never queued or sent twice.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    commandTimeout: ANSWER_MS,
    connectTimeout: ANSWER_MS,
    retryStrategy: (times) => Math.min(2_000, 50 * 2 ** Math.min(times, 6)) * (0.5 + Math.random() / 2),
  });
  redis.on('error', () => undefined);
  return redis;
}

/** Resolves once the first attempt to connect has ended either way, so that a store can be used right after it was made. */
function firstAttempt(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['ready', 'error', 'close', 'end']) redis.once(event, () => resolve());
  });
}

function call(redis: Redis) {
  const attempted = firstAttempt(redis);
  let silent = false;
  let tryAgainAt = 0;
  return async function command<T>(name: string, ...args: (string | number)[]): Promise<T> {
    await attempted;
    // A server that hangs must not make every request wait: each would hold a place that others need.
    if (silent) {
      if (performance.now() < tryAgainAt) throw new StoreUnavailable(new Error('the server was silent a moment ago'));
      tryAgainAt = performance.now() + ANSWER_MS;
    }
    try {
      const answer = (await redis.call(name, ...args)) as T;
      silent = false;
      return answer;
    } catch (error) {
      if (error instanceof Error && ABOUT_THE_VALUE.test(error.message)) throw error;
      silent = error instanceof Error && error.message === 'Command timed out';
      tryAgainAt = performance.now() + LEFT_ALONE_MS;
      throw new StoreUnavailable(error);
    }
  };
}

/** Versions guard what was revoked: one that only the primary has could be lost with it (WAIT, https://redis.io/docs/latest/commands/wait). */
async function confirmed(command: ReturnType<typeof call>, replicas: number): Promise<void> {
  const have = await command<number>('WAIT', replicas, REPLICA_MS);
  if (have < replicas) throw new StoreUnavailable(new Error(`${have} of ${replicas} replicas confirmed`));
}

const px = (expiry: Expiry | undefined): (string | number)[] => {
  const life = lifeMs(expiry);
  return life === null ? [] : ['PX', life];
};

/** A store on Redis 6.2 or later. Every command is answered or refused within about a second; it reconnects by itself. */
export function redisStore({ url, password, prefix = 'polity:', replicas = 0 }: RedisStoreOptions): KeyValueStore {
  const redis = connect(url, password);
  const command = call(redis);
  // Entries and sets live apart, so that a set and an entry of one name cannot meet.
  const k = (key: string) => `${prefix}k:${key}`;
  const s = (set: string) => `${prefix}s:${set}`;
  const script = redisScripts(command);

  return {
    get: async (key) => command<string | null>('GET', k(key)),
    getMany: async (keys) => (keys.length === 0 ? [] : command<(string | null)[]>('MGET', ...keys.map(k))),
    set: async (key, value, expiry) => void (await command('SET', k(key), value, ...px(expiry))),
    setIfAbsent: async (key, value, expiry) => (await command('SET', k(key), value, ...px(expiry), 'NX')) !== null,
    replace: async (key, expected, value, expiry) =>
      (await script.replace<number>(k(key), expected, value, lifeMs(expiry) ?? '')) === 1,
    delete: async (key) => (await command<number>('DEL', k(key))) > 0,
    deleteMany: async (keys) => (keys.length === 0 ? 0 : command<number>('DEL', ...new Set(keys.map(k)))),
    async max(key, n) {
      assertSafeInteger(n);
      const stored = Number(await script.max<string>(k(key), n));
      if (replicas > 0) await confirmed(command, replicas);
      return stored;
    },
    async increment(key, by, expiry) {
      assertSafeInteger(by);
      return Number(await script.increment<string>(k(key), by, lifeMs(expiry) ?? ''));
    },
    addMember: async (set, member, expiry) => void (await script.addMember(s(set), member, lifeMs(expiry) ?? '')),
    removeMember: async (set, member) => (await script.removeMember<number>(s(set), member)) > 0,
    members: async (set) => script.members<string[]>(s(set)),
    ping: async () => void (await command('PING')),
    close: async () => redis.disconnect(),
  };
}
