import { withClient } from '../db/provision.ts';
import type { World } from './harness.ts';
import { testAdminUrl } from './postgres.ts';

/** What the kernel keeps of events and jobs belongs to no tenant: no operation reaches it. */
const KERNEL_TABLES = ['dead_letter', 'inbox', 'job', 'outbox'];

const ROW_SECURED = `select relname as name from pg_class
  where relrowsecurity and relnamespace = 'public'::regnamespace order by 1`;
const OF_TENANTS = `select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
  where relkind = 'r' and attname = 'tenant_id' and not attisdropped and relnamespace = 'public'::regnamespace order by 1`;

/** Runs `work` on the database of a subgraph as the administrator of the server, whom no wall holds up. */
export async function onDatabase<Result>(
  world: World,
  subgraph: string,
  work: (query: <Row extends object>(sql: string) => Promise<Row[]>) => Promise<Result>,
): Promise<Result> {
  const url = new URL(testAdminUrl());
  url.pathname = `/${world.subgraph(subgraph).orm?.config.get('dbName')}`;
  return withClient(url.href, (admin) =>
    work(async <Row extends object>(sql: string) => (await admin.query<Row>(sql)).rows),
  );
}

const namesIn = (rows: { name: string }[]): string[] => rows.map(({ name }) => name);

/** Tables that hold rows of tenants and are under no row level security, beside those of the kernel. */
export const unsecuredTables = (world: World, subgraph: string): Promise<string[]> =>
  onDatabase(world, subgraph, async (query) => {
    const secured = [...namesIn(await query(ROW_SECURED)), ...KERNEL_TABLES];
    return namesIn(await query(OF_TENANTS)).filter((name) => !secured.includes(name));
  });

/** Takes row level security off all tables of this subgraph; the answer puts it back. Throws where there is none. */
export async function takeDownRowSecurity(world: World, subgraph: string): Promise<() => Promise<void>> {
  const set = (tables: readonly string[], state: 'disable' | 'enable') =>
    onDatabase(world, subgraph, async (query) => {
      for (const name of tables) await query(`alter table "${name}" ${state} row level security`);
    });
  const tables = namesIn(await onDatabase(world, subgraph, (query) => query(ROW_SECURED)));
  if (tables.length === 0) throw new Error(`no table of ${subgraph} is under row level security`);
  await set(tables, 'disable');
  return () => set(tables, 'enable');
}

/** Has queries not name the tenant; the answer has them name it again. */
export function takeDownTenantFilters({ platform: { walls } }: World): () => Promise<void> {
  if (!walls) throw new Error('this world has no walls to take down');
  walls.queries = false;
  return async () => {
    walls.queries = true;
  };
}
