import { AsyncLocalStorage } from 'node:async_hooks';
import { type EntityManager, type LogContext, PostgreSqlConnection, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { CompiledQuery, type ControlledTransaction } from 'kysely';
import type pg from 'pg';
import { Overloaded } from '../graph/errors.ts';
import type { PoolUse } from '../metrics/sources.ts';
import { tracedStatement } from '../tracing/tracing.ts';
import { holding, refuseSecond } from './holding.ts';
import { Lease } from './lease.ts';
import { preparedStatements } from './prepared.ts';

type Transaction = ControlledTransaction<unknown>;

/** When whoever asked stops waiting, epoch milliseconds. */
const deadline = new AsyncLocalStorage<number>();
/** How long before that a request gives up waiting for a connection, so that its answer still arrives. */
const ANSWER_MS = 250;

/** Runs work whose answer nobody waits for after `until`, or after what was said around it. */
export const answeringBy = <Result>(until: number, work: () => Result): Result =>
  deadline.run(Math.min(until, deadline.getStore() ?? until), work);

const giveBack = (client: pg.PoolClient) => client.release();

/** Takes a connection. Throws what has `OVERLOADED` for its cause when all are taken for longer than anybody waits. */
async function takeFrom(pool: pg.Pool, connect: () => Promise<pg.PoolClient>): Promise<pg.PoolClient> {
  const until = deadline.getStore();
  const atHand = pool.idleCount > pool.waitingCount;
  const client = connect();
  if (atHand || until === undefined) return client;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error('timeout exceeded when trying to connect', { cause: new Overloaded() })),
    Math.max(0, until - ANSWER_MS - Date.now()),
  );
  try {
    return await Promise.race([client, late]);
  } catch (error) {
    client.then(giveBack, () => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Connection of the ORM whose pool lends leases, never two at a time to one piece of work. */
class LendingConnection extends PostgreSqlConnection {
  #pool: pg.Pool | null = null;
  readonly #prepared = preparedStatements();

  override createKyselyDialect(overrides: pg.PoolConfig) {
    const onPoolCreated = (pool: pg.Pool) => {
      const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
      this.#pool = pool;
      const lend = async () => {
        refuseSecond(this);
        return new Lease(() => takeFrom(pool, connect));
      };
      Object.assign(pool, { connect: lend });
    };
    return super.createKyselyDialect({ ...overrides, onPoolCreated } as pg.PoolConfig);
  }

  /** What only reads holds nothing while it waits, so only what writes is marked. */
  override transactional<T>(...[work, options = {}]: Parameters<PostgreSqlConnection['transactional']>): Promise<T> {
    const marked: typeof work =
      options.ctx || options.readOnly ? work : (trx) => holding(this, this.config.get('contextName'), () => work(trx));
    return super.transactional(marked, options) as Promise<T>;
  }

  /** Runs a prepared statement in the open transaction of `em`, else in one of its own; each row is an array of its values. */
  async read(em: EntityManager, text: string, values: readonly unknown[]): Promise<unknown[][]> {
    const statement = this.#prepared(text);
    // What Kysely hands on to the lease as it is.
    const query = { ...CompiledQuery.raw(text, [...values]), sql: statement as never };
    const run = (transaction: Transaction) =>
      this.executeQuery(text, async () => (await transaction.executeQuery(query)).rows as unknown[][]);
    const open = em.getTransactionContext<Transaction>();
    if (open) return run(open);
    const sessionContext = em.getSessionContext();
    return this.transactional(run as never, { readOnly: true, ...(sessionContext && { sessionContext }) });
  }

  protected override executeQuery<Result>(text: string, run: () => Promise<Result>, context?: LogContext) {
    const traced = () => tracedStatement(text, this.config.get('contextName'), run);
    return super.executeQuery(text, traced, context);
  }

  get use(): PoolUse {
    const { totalCount = 0, idleCount = 0, waitingCount = 0 } = this.#pool ?? {};
    return { inUse: totalCount - idleCount, waiting: waitingCount };
  }
}

/** Driver of every subgraph's database. */
export class LendingDriver extends PostgreSqlDriver {
  protected override readonly connection = new LendingConnection(this.config);

  /** Runs a prepared statement in the open transaction of `em`, else in one of its own; each row is an array of its values. */
  read(em: EntityManager, text: string, values: readonly unknown[]): Promise<unknown[][]> {
    return this.connection.read(em, text, values);
  }

  /** Connections of the pool that are lent, and whoever waits for one. */
  get use(): PoolUse {
    return this.connection.use;
  }
}
