import type { EntityManager } from '@mikro-orm/postgresql';
import { NotFound } from '../graph/errors.ts';

/** A column that names a person, and what the row is to them. */
export type PersonColumn = {
  table: string;
  column: string;
  /**
   * Rows of one tenant (the default), of the installation, or of either, where a row may have no tenant. Those of the installation are asked for
   * without a tenant.
   */
  of?: 'installation' | 'either';
  /** Columns that the person is given of these rows; none where they hold secrets or nothing that is theirs. */
  exports: readonly string[];
  /** Unique column by which an export goes on; `id` without it. */
  key?: string;
} & (
  | {
      /** `delete`: the row goes. `set`: these columns become what the SQL says. */
      erase: 'delete' | { set: Readonly<Record<string, string>> };
    }
  | {
      /** The row stays: an account that is erased names nobody, so its id is a pseudonym. */
      erase: 'keep';
      because: string;
    }
);

/** Every column of a subgraph's tables that names a person. */
export interface PeopleDuty {
  columns: readonly PersonColumn[];
  /** Names of other columns that end in `_id` or `_by` and refer to no table here: what they hold is no person. */
  notPeople: readonly string[];
}

/** Part of an export: rows of one column. `next` is null after the last. */
export interface ExportedPart {
  rows: Record<string, unknown>[];
  next: string | null;
}

const TENANT = `nullif(current_setting('app.tenant', true), '')::uuid`;

/** Name of a part of the export. */
export const partOf = ({ table, column }: PersonColumn): string => `${table}.${column}`;

function wall({ of }: PersonColumn): string {
  if (of === 'installation') return '';
  return of === 'either' ? ` and tenant_id is not distinct from ${TENANT}` : ` and tenant_id = ${TENANT}`;
}

/** What is asked about in these walls: rows of the tenant, or without one those of the installation. */
export function columnsWithin({ columns }: PeopleDuty, tenantId: string | null): PersonColumn[] {
  return columns.filter(({ of }) => of === 'either' || (of === undefined) === (tenantId !== null));
}

/** A page of what one part has about a person, in the order of its key. Throws NotFound for a part that is none. */
export async function exportPart(
  em: EntityManager,
  columns: readonly PersonColumn[],
  { userId, part, first, after }: { userId: string; part: string; first: number; after: string | null },
): Promise<ExportedPart> {
  const found = columns.find((each) => partOf(each) === part);
  if (!found || found.exports.length === 0) throw new NotFound('This part');
  const { table, column, exports, key = 'id' } = found;
  const shown = exports.map((name) => `'${name}', "${name}"`).join(', ');
  const sql = `select json_build_object(${shown}) as row, ${key}::text as key from ${table}
    where ${column} = ?${wall(found)} and (?::text is null or ${key}::text > ?) order by ${key}::text limit ?`;
  const rows = await em.execute<{ row: Record<string, unknown>; key: string }[]>(sql, [userId, after, after, first]);
  return { rows: rows.map(({ row }) => row), next: rows.length === first ? (rows.at(-1)?.key ?? null) : null };
}

/** Erases a person from these columns, in the caller's transaction; returns the number of rows by part. Idempotent. */
export async function erasePerson(
  tx: EntityManager,
  columns: readonly PersonColumn[],
  userId: string,
): Promise<Record<string, number>> {
  const erased: Record<string, number> = {};
  for (const each of columns) {
    if (each.erase === 'keep') continue;
    const { table, column, erase } = each;
    const act =
      erase === 'delete'
        ? `delete from ${table}`
        : `update ${table} set ${Object.entries(erase.set)
            .map(([name, value]) => `${name} = ${value}`)
            .join(', ')}`;
    const sql = `with done as (${act} where ${column} = ?${wall(each)} returning 1) select count(*)::int as n from done`;
    const [row] = await tx.execute<[{ n: number }]>(sql, [userId]);
    erased[partOf(each)] = row.n;
  }
  return erased;
}
