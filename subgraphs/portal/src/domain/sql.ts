import { type FilterQuery, raw } from '@mikro-orm/core';
import type { SqlCondition } from '@polity/kernel/access/visibility';

/** Stands in a condition for the table that MikroORM joins. */
export const ALIAS = '[::alias::]';

/** A condition written as SQL, for `em.find` and its relatives. */
export function matching<Entity>({ sql, params }: SqlCondition): FilterQuery<Entity> {
  return { [raw(sql, params)]: [] } as unknown as FilterQuery<Entity>;
}

/** Both conditions; for queries written by hand. */
export function both(a: SqlCondition, b: SqlCondition): SqlCondition {
  return { sql: `(${a.sql}) and (${b.sql})`, params: [...a.params, ...b.params] };
}

/** The text as a `like` pattern that finds it anywhere. */
export function containing(wanted: string): string {
  return `%${wanted.replace(/[\\%_]/g, '\\$&')}%`;
}
