import type { EntityManager } from '@mikro-orm/postgresql';
import { type AccessSet, compileAccessSet } from '@polity/kernel/access/set';
import { readAccessModel } from './access-model.ts';
import { accessRows } from './rows.ts';

/**
 * The set of a subject straight from the database, with no cache in between: what a write asks inside its own transaction, so that a
 * grant cannot rest on a right that was revoked before. The tree is read after the rows and can only be newer.
 */
export async function freshSet(
  em: EntityManager,
  tenantId: string,
  subjectId: string,
  nowMs: number,
): Promise<AccessSet> {
  const rows = await accessRows(em, tenantId, subjectId);
  const { tree, codes } = await readAccessModel(em, tenantId);
  return compileAccessSet(rows, codes, tree, nowMs);
}
