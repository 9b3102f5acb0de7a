import type pg from 'pg';
import { StartError } from '../config/start-error.ts';

/** A table as it is copied: what is computed from other columns is not. */
export interface CopiedTable {
  name: string;
  columns: string[];
}

interface Reference {
  child: string;
  parent: string;
}

// A table in parts is copied as one; a table that a crash may empty (sessions, counters) is not worth copying.
const TABLES = `
  select c.relname as name,
    array(select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
    and c.relname <> 'migration'
  order by c.relname`;

const REFERENCES = `
  select distinct conrelid::regclass::text as child, confrelid::regclass::text as parent
  from pg_constraint where contype = 'f' and conrelid <> confrelid and connamespace = 'public'::regnamespace`;

/** The tables of a database, each after those that its rows refer to. Throws StartError for tables that refer to each other in a circle. */
export async function copiedTables(client: pg.ClientBase): Promise<CopiedTable[]> {
  const { rows: tables } = await client.query<CopiedTable>(TABLES);
  const { rows: references } = await client.query<Reference>(REFERENCES);
  const ordered: CopiedTable[] = [];
  let waiting = tables;
  while (waiting.length > 0) {
    const isWaiting = new Set(waiting.map(({ name }) => name));
    const free = ({ name }: CopiedTable) =>
      !references.some(({ child, parent }) => unquoted(child) === name && isWaiting.has(unquoted(parent)));
    const next = waiting.filter(free);
    if (next.length === 0)
      throw new StartError(`These tables refer to each other in a circle: ${[...isWaiting].join(', ')}.`);
    ordered.push(...next);
    waiting = waiting.filter((table) => !next.includes(table));
  }
  return ordered;
}

const unquoted = (name: string) => name.replaceAll('"', '');

/** A name as SQL. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
