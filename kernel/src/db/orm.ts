import { fileURLToPath } from 'node:url';
import { Migrator } from '@mikro-orm/migrations';
import type { EntityManager } from '@mikro-orm/postgresql';
import { defineConfig, FlushMode, MikroORM, type Options, type PolicyDef, p } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';
import { uuidv7 } from '../ids.ts';
import { LendingDriver } from './lending.ts';

/** Primary key and creation time that every entity has; ids are UUIDv7 made by the application. */
export const entityProperties = {
  id: p
    .uuid()
    .primary()
    .onCreate(() => uuidv7()),
  createdAt: p.datetime().onCreate(() => new Date()),
};

/** Properties of an entity that belongs to a tenant; pair it with `tenantPolicies` and `tenantFilter`. */
export const tenantProperties = {
  ...entityProperties,
  tenantId: p.uuid(),
};

const CURRENT_TENANT = "nullif(current_setting('app.tenant', true), '')::uuid";

/** Second wall of tenancy: PostgreSQL shows and takes only rows of the tenant in the database session (decision 0004). */
export const tenantPolicies: PolicyDef[] = [
  {
    name: 'tenant',
    using: (columns: Record<string, string>) => `${columns.tenantId} = ${CURRENT_TENANT}`,
    check: (columns: Record<string, string>) => `${columns.tenantId} = ${CURRENT_TENANT}`,
  },
];

/** First wall of tenancy: every ORM query names the tenant. Queries written by hand name it themselves. */
export const tenantFilter = {
  tenant: {
    name: 'tenant',
    cond: (args: { tenantId: string | null; down?: boolean }) => (args.down ? {} : { tenantId: args.tenantId }),
    default: true,
  },
};

/** What a subgraph says about its database in `orm.config.ts`. */
export interface OrmDefinition {
  name: string;
  entities: NonNullable<Options['entities']>;
  /** Folder of the migrations, as `import.meta.resolve('./migrations')`. */
  migrations: string;
  /**
   * Statements that are planned once per connection instead of at each call, by name: `(uuid) as select …`. For the few whose planning
   * costs as much as their work; called as `execute name(?)`.
   */
  prepared?: Readonly<Record<string, string>>;
  /** Statements that run as the owner after a backup was loaded, for what must not go back in time. */
  afterRestore?: readonly string[];
}

/** Which of the two tenancy walls stand; tests take one down at a time. */
export interface Walls {
  queries: boolean;
}

/** Makes a new connection ready; its statements are planned without looking at the values, or the plan would be made again each time. */
function preparing(prepared: Readonly<Record<string, string>>) {
  const statements = Object.entries(prepared).map(([name, statement]) => `prepare ${name} ${statement}`);
  const sql = ['set plan_cache_mode = force_generic_plan', ...statements].join(';\n');
  return (client: ClientBase) => client.query(sql);
}

/** How a database is opened. */
export interface OpenOptions {
  onQuery?: ((sql: string) => void) | undefined;
  /** False for a database whose tables may not be there yet. Default true. */
  prepare?: boolean;
  /** Connections of the pool at most; 10 unless given. They are opened when they are needed. */
  connections?: number | undefined;
  /** For migrations: statements take as long as they need, but wait for a lock no longer than this. */
  lockMs?: number;
}

const SERVING = { statement_timeout: 10_000, idle_in_transaction_session_timeout: 30_000 };

/** MikroORM options shared by every subgraph. `url` decides the role: owner for migrations, app for serving. */
function ormOptions(definition: OrmDefinition, url: string, options: OpenOptions): Options {
  const { onQuery, prepare = true, connections = 10, lockMs } = options;
  const { prepared } = definition;
  return defineConfig({
    driver: LendingDriver,
    clientUrl: url,
    entities: definition.entities,
    extensions: [Migrator],
    // Each subgraph's transactions are found under its own name, also where several live in one process.
    contextName: definition.name,
    allowGlobalContext: false,
    forceUtcTimezone: true,
    // Foreign keys name the tenant, so what a row refers to is of its tenant; joining it to ask again would lock it with the row, too.
    autoJoinRefsForFilters: false,
    pool: { min: 0, max: connections },
    driverOptions: {
      pipeline: true,
      // For work that nobody waits for; a request waits until its deadline at most (lending.ts).
      connectionTimeoutMillis: 30_000,
      ...(lockMs === undefined ? SERVING : { lock_timeout: lockMs }),
      ...(prepare && prepared && { onConnect: preparing(prepared) }),
    },
    migrations: {
      path: fileURLToPath(definition.migrations),
      pathTs: fileURLToPath(definition.migrations),
      snapshot: false,
      tableName: 'migration',
      transactional: true,
    },
    debug: onQuery ? ['query'] : false,
    colors: false,
    // The ORM's own lines would mix with our structured log; queries are watched only by tests that count.
    logger: (line: string) => onQuery?.(line),
  });
}

/** Opens the pool of one subgraph; the caller closes it. */
export async function openOrm(definition: OrmDefinition, url: string, options: OpenOptions = {}): Promise<MikroORM> {
  return MikroORM.init(ormOptions(definition, url, options));
}

/** EntityManager of one request: both tenancy walls set to this tenant, and the viewer named for policies. */
export function tenantEm(
  orm: MikroORM,
  tenantId: string | null,
  viewerId: string | null,
  walls: Walls = { queries: true },
): EntityManager {
  const em = orm.em.fork() as EntityManager;
  em.setFilterParams('tenant', { tenantId, down: !walls.queries });
  em.setSessionContext({ variables: { 'app.tenant': tenantId ?? '', 'app.viewer': viewerId ?? '' } });
  return em;
}

/** One statement on what belongs to no tenant: in the transaction of `em` where there is one, else by itself, without the cost of one. */
export function rows<Row extends object>(em: EntityManager, sql: string, params: readonly unknown[]): Promise<Row[]> {
  return em.getConnection().execute<Row[]>(sql, [...params], 'all', em.getTransactionContext());
}

/** The same, always by itself: what a query notes, though its transaction only reads. */
export function rowsApart<Row extends object>(
  em: EntityManager,
  sql: string,
  params: readonly unknown[],
): Promise<Row[]> {
  return em.getConnection().execute<Row[]>(sql, [...params]);
}

/**
 * Runs `work` on `em` inside one read-only transaction. Unlike `em.transactional`, nothing is flushed at its end, so that what was read need
 * not be compared with what it was.
 */
export function reading<Result>(em: EntityManager, work: () => Promise<Result>): Promise<Result> {
  const sessionContext = em.getSessionContext();
  em.setFlushMode(FlushMode.COMMIT);
  return em.getConnection().transactional(
    async (transaction) => {
      em.setTransactionContext(transaction);
      return work();
    },
    { readOnly: true, ...(sessionContext && { sessionContext }) },
  );
}
