import { any, type Sql, sql } from '@polity/kernel/db/sql';
import { checked } from '@polity/kernel/domain/input';
import { z } from 'zod';

const RULE = 'must be a type such as portal.post.created, or all that begin alike such as portal.*';

/** A type of entries, or all that begin alike. */
export const entryType = z
  .string()
  .max(100, RULE)
  .regex(/^[a-z][a-z0-9_-]*(\.[A-Za-z0-9_-]+)*(\.\*)?$/, RULE);

const typesInput = z.object({
  types: z.array(entryType).min(1, 'must not be empty').max(20, 'must be at most 20').nullish(),
});

/** Types as a client gives them; null for all. Throws InvalidInput. */
export const readTypes = (types: readonly string[] | null | undefined): string[] | null =>
  checked(typesInput, { types: types ? [...types] : null }).types ?? null;

/** Entries of one of the types. */
export function ofTypes(types: readonly string[]): Sql {
  const prefixes = types.filter((type) => type.endsWith('.*'));
  const exact = types.filter((type) => !type.endsWith('.*'));
  const like = prefixes.map((type) => `${type.slice(0, -1).replaceAll('_', '\\_')}%`);
  return any(
    ...(exact.length > 0 ? [sql('t.type = any(?)', exact)] : []),
    ...(like.length > 0 ? [sql('t.type like any(?)', like)] : []),
  );
}
