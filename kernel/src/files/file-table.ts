import type { PersonColumn } from '../duties/people.ts';

const TENANT = `nullif(current_setting('app.tenant', true), '')::uuid`;

/** A column that refers to a file by its name, as `table.column`; it needs an index. */
export type FileReference = `${string}.${string}`;

function isReferred(references: readonly FileReference[]): string {
  const each = references.map((reference) => {
    const [table, column] = reference.split('.') as [string, string];
    return `exists (select 1 from "${table}" r where r."${column}" = f.name)`;
  });
  return each.length > 0 ? each.join(' or ') : 'false';
}

/**
 * For a migration: says anew which columns refer to files. What none of them names is removed a day after that was first seen. The function passes the
 * walls between tenants as its owner, and takes only what nothing refers to.
 */
export const fileReferencesSql = (references: readonly FileReference[]): string[] => [
  `create or replace function sweep_files(at timestamptz, since timestamptz, most int) returns setof text
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      update file f set unreferenced_at = null where f.unreferenced_at is not null and (${isReferred(references)});
      update file f set unreferenced_at = at where f.unreferenced_at is null and not (${isReferred(references)});
      return query delete from file f where f.name in (
        select g.name from file g where g.unreferenced_at <= since order by g.unreferenced_at limit most) returning f.name;
    end $$`,
];

/** For a migration of a subgraph that keeps files: the table of what it has taken, in the walls of tenants, and what sweeps it. */
export const fileTableSql = (references: readonly FileReference[]): string[] => [
  `create table file (
    name text primary key,
    tenant_id uuid not null,
    kind text not null,
    bytes bigint not null,
    sha256 text not null,
    uploaded_by uuid not null,
    created_at timestamptz not null,
    unreferenced_at timestamptz
  )`,
  'create index file_tenant_id_index on file (tenant_id)',
  'create index file_uploaded_by_index on file (uploaded_by)',
  'create index file_unreferenced_at_index on file (unreferenced_at) where unreferenced_at is not null',
  'alter table file enable row level security',
  `create policy tenant on file using (tenant_id = ${TENANT}) with check (tenant_id = ${TENANT})`,
  `create function known_files(names text[]) returns setof text
    language sql stable security definer set search_path = public, pg_temp as $$ select name from file where name = any(names) $$`,
  ...fileReferencesSql(references),
];

/** Takes `fileTableSql` back. */
export const fileTableDownSql: string[] = [
  'drop function sweep_files(timestamptz, timestamptz, int)',
  'drop function known_files(text[])',
  'drop table file',
];

/** Who uploaded a file, for the duty `people` of a subgraph that keeps some. */
export const fileUploader: PersonColumn = {
  table: 'file',
  column: 'uploaded_by',
  exports: ['name', 'kind', 'bytes', 'created_at'],
  key: 'name',
  erase: 'keep',
  because:
    'A file goes with the row that refers to it; one that the community has stays, and names nobody once the account is erased.',
};
