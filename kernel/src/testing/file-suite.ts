import type { Shared } from './suites.ts';
import { onDatabase } from './walls.ts';

const COLUMNS = `select c.relname || '.' || a.attname as name
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname like '%\\_file' order by 1`;
const SWEEP = `select pg_get_functiondef(p.oid) as body from pg_proc p where proname = 'sweep_files'`;

/** Every column that names a file is asked before one is removed; a subgraph that keeps none has no such column. */
export function fileSuite(shared: Shared): void {
  const { subgraph } = shared.domain;

  it('are kept as long as a column names them', async () => {
    const { columns, sweeps } = await onDatabase(shared.test.world, subgraph.name, async (ask) => ({
      columns: (await ask<{ name: string }>(COLUMNS)).map(({ name }) => name),
      sweeps: (await ask<{ body: string }>(SWEEP)).map(({ body }) => body),
    }));
    const asked = [...(sweeps[0] ?? '').matchAll(/from "(\w+)" r where r\."(\w+)" = f\.name/g)];
    expect([...new Set(asked.map(([, table, column]) => `${table}.${column}`))].sort()).toEqual(columns);
    expect([subgraph.keepsFiles === true, sweeps.length]).toEqual(subgraph.keepsFiles ? [true, 1] : [false, 0]);
  });
}
