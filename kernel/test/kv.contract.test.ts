import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { manualClock } from '../src/clock.ts';
import { memoryStore } from '../src/kv/memory.ts';
import { postgresStore } from '../src/kv/postgres.ts';
import { redisStore } from '../src/kv/redis.ts';
import { type KeyValueStore, StoreUnavailable } from '../src/kv/store.ts';
import { reachable } from './loopback.ts';
import { scratchDatabase } from './scratch-database.ts';

const redisUrl = await reachable(process.env.REDIS_URL, 'redis://127.0.0.1:6379');

interface Driver {
  open(): Promise<KeyValueStore>;
  /** Another store over the same data, or the same one where nothing is shared. */
  second(): Promise<KeyValueStore>;
  dispose(): Promise<void>;
}

function memoryDriver(): Driver {
  const store = memoryStore();
  return { open: async () => store, second: async () => store, dispose: () => store.close() };
}

function sharedDriver(
  connect: () => Promise<KeyValueStore>,
  after: () => Promise<void> = async () => undefined,
): Driver {
  const stores: KeyValueStore[] = [];
  const open = async () => {
    const store = await connect();
    stores.push(store);
    return store;
  };
  const dispose = async () => {
    await Promise.all(stores.map((store) => store.close()));
    await after();
  };
  return { open, second: open, dispose };
}

async function postgresDriver(): Promise<Driver> {
  const database = await scratchDatabase();
  return sharedDriver(async () => postgresStore({ url: database.url, maxConnections: 5 }), database.drop);
}

async function redisDriver(): Promise<Driver> {
  const prefix = `polity-test-${randomBytes(6).toString('hex')}:`;
  const url = redisUrl as string;
  const clean = async () => {
    const redis = new Redis(url);
    const keys = await redis.keys(`${prefix}*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
  };
  return sharedDriver(async () => redisStore({ url, prefix }), clean);
}

const twenty = <T>(act: (n: number) => Promise<T>) => Promise.all(Array.from({ length: 20 }, (_, n) => act(n)));

async function until(condition: () => Promise<boolean>) {
  while (!(await condition())) await sleep(10);
}

function contract(makeDriver: () => Promise<Driver>) {
  let driver: Driver;
  let store: KeyValueStore;
  let other: KeyValueStore;
  let key: string;

  beforeAll(async () => {
    driver = await makeDriver();
    [store, other] = await Promise.all([driver.open(), driver.second()]);
  });
  afterAll(() => driver.dispose());
  beforeEach(() => {
    key = `key:${randomBytes(8).toString('hex')}`;
  });

  test('processes that start at once all find a usable store', async () => {
    const stores = await twenty(() => driver.second());
    await Promise.all(stores.map((each) => each.increment(key, 1)));
    expect(await store.get(key)).toBe('20');
  });

  test('what one process sets, another gets, whatever the string holds', async () => {
    for (const value of [
      '',
      'plain',
      '"quoted" \\ $1 ? %s',
      'nul \u0000 and \u0001',
      'Grüße 🗳️ 投票 ‮',
      'x'.repeat(200_000),
    ]) {
      await store.set(key, value);
      expect(await other.get(key)).toBe(value);
    }
  });

  test('a key may be any string and means only itself', async () => {
    const keys = [`${key}a`, `${key}A`, `${key}\u0000`, `${key}*`, `${key}🗝️`];
    for (const each of keys) await store.set(each, `of ${each}`);
    expect(await store.getMany(keys)).toEqual(keys.map((each) => `of ${each}`));
    expect(await store.get(key)).toBeNull();
  });

  test('many keys are answered in their order, with null for what is missing, and none for none', async () => {
    await store.set(`${key}1`, 'one');
    await store.set(`${key}3`, 'three');
    expect(await store.getMany([`${key}3`, `${key}2`, `${key}1`, `${key}3`])).toEqual(['three', null, 'one', 'three']);
    expect(await store.getMany([])).toEqual([]);
  });

  test('of twenty that set a key if absent, one wins and its value stays', async () => {
    const won = await twenty((n) => (n % 2 ? store : other).setIfAbsent(key, String(n)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.get(key)).toBe(String(won.indexOf(true)));
  });

  test('of twenty that replace the same value, one wins and its value stays', async () => {
    await store.set(key, 'before');
    const won = await twenty((n) => (n % 2 ? store : other).replace(key, 'before', String(n)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.get(key)).toBe(String(won.indexOf(true)));
  });

  test('a missing key cannot be replaced', async () => {
    expect(await store.replace(key, '', 'new')).toBe(false);
    expect(await store.get(key)).toBeNull();
  });

  test('deleting says whether there was something to delete', async () => {
    await store.set(key, 'x');
    await store.set(`${key}2`, 'x');
    expect(await store.delete(key)).toBe(true);
    expect(await store.delete(key)).toBe(false);
    expect(await store.deleteMany([key, `${key}2`, `${key}2`])).toBe(1);
    expect(await store.deleteMany([])).toBe(0);
    expect(await store.getMany([key, `${key}2`])).toEqual([null, null]);
  });

  test('a maximum compares numbers, not text, and never goes down', async () => {
    expect(await store.max(key, 9)).toBe(9);
    expect(await store.max(key, 10)).toBe(10);
    expect(await store.max(key, -1)).toBe(10);
    expect(await store.max(key, Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER);
    expect(await store.get(key)).toBe(String(Number.MAX_SAFE_INTEGER));
    expect(await store.max(`${key}-`, -5)).toBe(-5);
  });

  test('a maximum raised by twenty at once is the greatest of them, and no answer is below what was written', async () => {
    const answers = await twenty((n) => (n % 2 ? store : other).max(key, n));
    expect(await store.get(key)).toBe('19');
    for (const [n, answer] of answers.entries()) expect(answer).toBeGreaterThanOrEqual(n);
  });

  test('a maximum outlives the life its key had', async () => {
    await store.set(key, '5', { ttlSeconds: 1 });
    await store.max(key, 3);
    await store.set(`${key}2`, 'x', { ttlSeconds: 1 });
    await until(async () => (await store.get(`${key}2`)) === null);
    expect(await store.get(key)).toBe('5');
  });

  test('twenty increments at once are all counted', async () => {
    const sums = await twenty((n) => (n % 2 ? store : other).increment(key, 2));
    expect([...sums].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => (n + 1) * 2));
    expect(await store.increment(key, -40)).toBe(0);
  });

  test('what is not a whole number is neither counted nor compared', async () => {
    await expect(store.increment(key, 0.5)).rejects.toThrow(RangeError);
    await expect(store.max(key, Number.NaN)).rejects.toThrow(RangeError);
    await store.set(key, 'word');
    await expect(store.increment(key, 1)).rejects.not.toThrow(StoreUnavailable);
    await expect(store.max(key, 1)).rejects.not.toThrow(StoreUnavailable);
    expect(await store.get(key)).toBe('word');
  });

  test('an entry is gone at the end of its life and its key is free again', async () => {
    await store.set(key, 'short', { ttlSeconds: 0.05 });
    await until(async () => (await store.get(key)) === null);
    expect(await store.getMany([key])).toEqual([null]);
    expect(await store.replace(key, 'short', 'x')).toBe(false);
    expect(await store.delete(key)).toBe(false);
    await store.set(key, 'short', { ttlSeconds: 0.05 });
    await until(() => store.setIfAbsent(key, 'next'));
    expect(await store.get(key)).toBe('next');
  });

  test('setting without a life takes the old life away; replacing without one keeps it', async () => {
    await store.set(key, 'a', { ttlSeconds: 1 });
    await store.set(`${key}2`, 'a', { ttlSeconds: 1 });
    await store.set(key, 'b');
    expect(await store.replace(`${key}2`, 'a', 'b')).toBe(true);
    await until(async () => (await store.get(`${key}2`)) === null);
    expect(await store.get(key)).toBe('b');
  });

  test('replacing may give a new life', async () => {
    await store.set(key, 'a');
    expect(await store.replace(key, 'a', 'b', { ttlSeconds: 0.05 })).toBe(true);
    await until(async () => (await store.get(key)) === null);
  });

  test('the life of a counter is set by its first increment and not prolonged by later ones', async () => {
    await store.increment(key, 1, { ttlSeconds: 1 });
    await store.increment(key, 1, { ttlSeconds: 600 });
    await until(async () => (await store.get(key)) === null);
    expect(await store.increment(key, 1)).toBe(1);
  });

  test('a life must be positive', async () => {
    await expect(store.set(key, 'x', { ttlSeconds: 0 })).rejects.toThrow(RangeError);
    await expect(store.addMember(key, 'x', { ttlSeconds: Number.NaN })).rejects.toThrow(RangeError);
    expect(await store.get(key)).toBeNull();
  });

  test('a set holds each member once and does not meet an entry of its name', async () => {
    await store.set(key, 'an entry');
    await twenty((n) => (n % 2 ? store : other).addMember(key, `member ${n % 10}`));
    expect((await other.members(key)).sort()).toEqual(Array.from({ length: 10 }, (_, n) => `member ${n}`));
    expect(await store.removeMember(key, 'member 3')).toBe(true);
    expect(await store.removeMember(key, 'member 3')).toBe(false);
    expect(await store.members(key)).toHaveLength(9);
    expect(await store.members(`${key}2`)).toEqual([]);
    expect(await store.get(key)).toBe('an entry');
  });

  test('each member of a set has a life of its own, renewed when it is added again', async () => {
    await store.addMember(key, 'for ever');
    await store.addMember(key, 'long', { ttlSeconds: 600 });
    await store.addMember(key, 'renewed', { ttlSeconds: 0.1 });
    await store.addMember(key, 'renewed', { ttlSeconds: 600 });
    await store.addMember(key, 'short \u0000 🎟️', { ttlSeconds: 0.1 });
    await until(async () => (await store.members(key)).length === 3);
    expect((await store.members(key)).sort()).toEqual(['for ever', 'long', 'renewed']);
    expect(await store.removeMember(key, 'short \u0000 🎟️')).toBe(false);
  });

  test('it answers a ping', async () => {
    await expect(store.ping()).resolves.toBeUndefined();
  });

  test('a closed store refuses with StoreUnavailable and closing twice is harmless', async () => {
    const apart = await makeDriver();
    const closed = await apart.open();
    await closed.ping();
    await closed.close();
    await closed.close();
    await expect(closed.get(key)).rejects.toThrow(StoreUnavailable);
    await apart.dispose();
  });
}

describe('key-value store in memory', () => {
  contract(async () => memoryDriver());

  test('lives end by the clock it was given', async () => {
    const clock = manualClock();
    const store = memoryStore({ clock });
    await store.set('a', '1', { ttlSeconds: 60 });
    clock.advance(59_999);
    expect(await store.get('a')).toBe('1');
    clock.advance(1);
    expect(await store.get('a')).toBeNull();
  });
});

describe('key-value store on PostgreSQL', () => {
  contract(postgresDriver);
});

(redisUrl ? describe : describe.skip)('key-value store on Redis', () => {
  contract(redisDriver);
});

describe('a store whose server is down', () => {
  const nowhere = '127.0.0.1:9';
  const stores = {
    PostgreSQL: () => postgresStore({ url: `postgres://x@${nowhere}/x` }),
    Redis: () => redisStore({ url: `redis://${nowhere}` }),
  };

  test.each(Object.entries(stores))(
    'on %s every call is refused with StoreUnavailable, naming no host',
    async (_name, open) => {
      const store = open();
      const calls = [store.get('a'), store.set('a', 'b'), store.max('a', 1), store.ping(), store.members('a')];
      for (const outcome of await Promise.allSettled(calls)) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
        if (outcome.status === 'rejected') expect(outcome.reason.message).not.toMatch(/127|:9/);
      }
      await store.close();
    },
  );
});
