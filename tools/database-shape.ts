import type { openOrm } from '../kernel/src/db/orm.ts';

type Orm = Awaited<ReturnType<typeof openOrm>>;

/** What PostgreSQL itself says of a database, one sentence per thing, so that two databases compare as sets. */
export interface DatabaseShape {
  tables: Set<string>;
  columns: Map<string, string>;
  /** Constraints, indexes, policies and row level security. */
  rest: Map<string, string>;
}

interface Fact {
  tab: string;
  kind: 'column' | 'rest';
  name: string;
  definition: string;
}

const FACTS = `
  select c.relname as tab, 'column' as kind, a.attname as name,
         concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
                   nullif(concat('default ', pg_get_expr(d.adbin, d.adrelid)), 'default ')) as definition
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  union all
  select c.relname, 'rest', concat('constraint ', n.conname), pg_get_constraintdef(n.oid)
    from pg_class c join pg_constraint n on n.conrelid = c.oid and n.contype <> 'n'
   where c.relnamespace = 'public'::regnamespace
  union all
  select tablename, 'rest', concat('index ', indexname), indexdef from pg_indexes where schemaname = 'public'
  union all
  select tablename, 'rest', concat('policy ', policyname),
         concat_ws(' ', permissive, cmd, roles::text, 'using', qual, 'check', with_check)
    from pg_policies where schemaname = 'public'
  union all
  select relname, 'rest', 'row level security', concat(relrowsecurity, ' forced ', relforcerowsecurity)
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;

/** Reads the shape of the public schema of the database that `orm` is connected to. */
export async function databaseShape(orm: Orm): Promise<DatabaseShape> {
  const facts = await orm.em.getConnection().execute<Fact[]>(FACTS);
  const entries = (kind: Fact['kind']): [string, string][] =>
    facts.filter((fact) => fact.kind === kind).map(({ tab, name, definition }) => [`${tab}: ${name}`, definition]);
  return {
    tables: new Set(facts.map(({ tab }) => tab)),
    columns: new Map(entries('column')),
    rest: new Map(entries('rest')),
  };
}

type Wanted = [name: string, definition: string];

const tableOf = (name: string): string => name.slice(0, name.indexOf(':'));

/**
 * How migrations fall short of entities. Migrations may add constraints, indexes and tables that no entity speaks of,
 * but a column that no entity knows is a removal that was forgotten.
 */
export function shortcomings(migrated: DatabaseShape, wanted: DatabaseShape): string[] {
  const found = new Map([...migrated.columns, ...migrated.rest]);
  const differing = ([name, definition]: Wanted) =>
    migrated.tables.has(tableOf(name)) && found.get(name) !== definition
      ? [`${name}: entities say ${definition}; migrations make ${found.get(name) ?? 'nothing'}`]
      : [];
  const isForgotten = (name: string) => wanted.tables.has(tableOf(name)) && !wanted.columns.has(name);
  return [
    ...[...wanted.tables]
      .filter((table) => !migrated.tables.has(table))
      .map((table) => `${table}: no migration makes it`),
    ...[...wanted.columns, ...wanted.rest].flatMap(differing),
    ...[...migrated.columns.keys()].filter(isForgotten).map((name) => `${name}: no entity has this column`),
  ].sort();
}
