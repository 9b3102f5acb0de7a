import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { createCatalogue, type PermissionCatalogue } from '@polity/kernel/access/catalogue';
import { type AccessRows, type AccessSet, compileAccessSet } from '@polity/kernel/access/set';
import { parseStamp } from '@polity/kernel/access/stamp';
import { readScopeTree, type ScopeTree } from '@polity/kernel/access/tree';
import { Forbidden } from '@polity/kernel/graph/errors';
import { actorOf } from '@polity/kernel/request/acting';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { accessRows, catalogue, scopeTree } from './rows.ts';

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

/**
 * The viewer with what they hold by the database itself, to be asked before access is changed. Throws FORBIDDEN for whoever acts as somebody else:
 * a borrowed right must not become one's own.
 */
export async function ownAccess(ctx: Context, em: EntityManager): Promise<Authorizer> {
  if (actorOf(ctx.viewer) !== null) throw new Forbidden('Whoever acts for somebody else may not change access.');
  return ctx.access.over(await freshSet(em, tenantOf(ctx), ctx.viewer.id ?? '', ctx.clock.nowMs()));
}
