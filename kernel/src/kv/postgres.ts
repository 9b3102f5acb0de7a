import pg from 'pg';
import { passes } from '../db/outage.ts';
import * as sql from './postgres-sql.ts';
import { assertSafeInteger, type Expiry, type KeyValueStore, lifeMs, StoreUnavailable } from './store.ts';

/** Where the tables live and how many connections they may take (default 10). */
export interface PostgresStoreOptions {
  url: string;
  maxConnections?: number;
}

const SWEEP_MS = 60_000;
const ANSWER_MS = 3_000;

const bytes = (text: string) => Buffer.from(text, 'utf8');

function storeErrorOf(error: unknown): unknown {
  const refused = error instanceof pg.DatabaseError && !passes(error.code);
  return refused ? error : new StoreUnavailable(error);
}

/** Makes the tables of a store, as the owner of its database; idempotent. */
export async function createStoreTables(ownerUrl: string): Promise<void> {
  const pool = openPool({ url: ownerUrl, maxConnections: 1 });
  const prepare = async () => {
    const found = await pool.query<{ ready: boolean }>(sql.tablesSurvive);
    if (!found.rows[0]?.ready) await pool.query(sql.createTables);
  };
  await prepare().finally(() => pool.end());
}

async function createTables(pool: pg.Pool): Promise<void> {
  // Looked up first: a role that may only use the tables has no right to create them.
  const found = await pool.query<{ ready: boolean }>(sql.tablesExist);
  if (!found.rows[0]?.ready) await pool.query(sql.createTables);
}

function openPool({ url, maxConnections = 10 }: PostgresStoreOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
    application_name: 'polity-kv',
  });
  // Without a listener a restart of PostgreSQL ends this process; the next query opens a new connection.
  pool.on('error', () => undefined);
  return pool;
}

function connection(pool: pg.Pool) {
  let ready: Promise<void> | undefined;

  async function prepared() {
    ready ??= createTables(pool);
    try {
      await ready;
    } catch (error) {
      ready = undefined;
      throw error;
    }
  }

  return async function rows<Row extends pg.QueryResultRow>(
    statement: sql.Statement,
    values: unknown[],
  ): Promise<Row[]> {
    try {
      await prepared();
      return (await pool.query<Row>({ name: statement.name, text: statement.text, values })).rows;
    } catch (error) {
      throw storeErrorOf(error);
    }
  };
}

function startSweeping(rows: ReturnType<typeof connection>) {
  const timer = setInterval(
    () => {
      // A sweep that fails is made good by the next one; reads never see expired rows anyway.
      void Promise.allSettled([rows(sql.sweepEntries, []), rows(sql.sweepMembers, [])]);
    },
    SWEEP_MS * (0.5 + Math.random()),
  );
  timer.unref();
  return () => clearInterval(timer);
}

/** A store in two tables, shared by all processes of a database. It survives a crash of PostgreSQL but for what began in the half second before. */
export function postgresStore(options: PostgresStoreOptions): KeyValueStore {
  const pool = openPool(options);
  const rows = connection(pool);
  const stopSweeping = startSweeping(rows);
  const did = async (statement: sql.Statement, values: unknown[]) => (await rows(statement, values)).length > 0;
  const number = async (statement: sql.Statement, values: unknown[]) =>
    Number((await rows<{ n: string }>(statement, values))[0]?.n);

  async function getMany(keys: readonly string[]) {
    if (keys.length === 0) return [];
    const found = await rows<{ key: Buffer; value: Buffer }>(sql.getMany, [keys.map(bytes)]);
    const byKey = new Map(found.map((row) => [row.key.toString(), row.value.toString()]));
    return keys.map((key) => byKey.get(key) ?? null);
  }

  return {
    get: async (key) => (await rows<{ value: Buffer }>(sql.get, [bytes(key)]))[0]?.value.toString() ?? null,
    getMany,
    set: async (key, value, expiry) => void (await rows(sql.set, [bytes(key), bytes(value), lifeMs(expiry)])),
    setIfAbsent: async (key, value, expiry) => did(sql.setIfAbsent, [bytes(key), bytes(value), lifeMs(expiry)]),
    replace: async (key, expected, value, expiry) =>
      did(sql.replace, [bytes(key), bytes(expected), bytes(value), lifeMs(expiry)]),
    delete: async (key) => (await number(sql.deleteMany, [[bytes(key)]])) > 0,
    deleteMany: async (keys) => (keys.length === 0 ? 0 : number(sql.deleteMany, [keys.map(bytes)])),
    async max(key, n) {
      assertSafeInteger(n);
      return number(sql.max, [bytes(key), String(n)]);
    },
    async increment(key, by, expiry?: Expiry) {
      assertSafeInteger(by);
      return number(sql.increment, [bytes(key), String(by), lifeMs(expiry)]);
    },
    addMember: async (set, member, expiry) =>
      void (await rows(sql.addMember, [bytes(set), bytes(member), lifeMs(expiry)])),
    removeMember: async (set, member) => (await number(sql.removeMember, [bytes(set), bytes(member)])) > 0,
    members: async (set) =>
      (await rows<{ member: Buffer }>(sql.members, [bytes(set)])).map((row) => row.member.toString()),
    ping: async () => void (await rows(sql.ping, [])),
    async close() {
      stopSweeping();
      if (!pool.ended) await pool.end();
    },
  };
}
