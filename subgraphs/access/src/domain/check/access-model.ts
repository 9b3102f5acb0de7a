import type { EntityManager } from '@mikro-orm/postgresql';
import { createCatalogue, type PermissionCatalogue } from '@polity/kernel/access/catalogue';
import type { AccessRows } from '@polity/kernel/access/set';
import { parseStamp } from '@polity/kernel/access/stamp';
import { readScopeTree, type ScopeTree } from '@polity/kernel/access/tree';
import { catalogue, scopeTree } from './rows.ts';

/** What rows of a tenant are compiled with. */
export interface AccessModel {
  tree: ScopeTree;
  codes: PermissionCatalogue;
}

/** Scopes and permission codes of a tenant as they are now. */
export async function readAccessModel(em: EntityManager, tenantId: string): Promise<AccessModel> {
  const tree = readScopeTree(await scopeTree(em, tenantId));
  const { entries, version } = await catalogue(em);
  return { tree, codes: createCatalogue(entries, version) };
}

/** The model, or one read now where a scope came, moved or went between its reading and that of the rows. */
export async function currentModel(
  em: EntityManager,
  rows: readonly AccessRows[],
  known: AccessModel,
): Promise<AccessModel> {
  const seen = rows.some(({ stamp }) => parseStamp(stamp).tree > known.tree.version);
  return seen ? readAccessModel(em, known.tree.tenantId) : known;
}
