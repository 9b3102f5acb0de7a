import type { EntityManager } from '@mikro-orm/postgresql';
import { createCatalogue, encodeMask, type PermissionCatalogue } from '@polity/kernel/access/catalogue';
import { type Decision, decide } from '@polity/kernel/access/decide';
import { nobody } from '@polity/kernel/access/reader';
import { type AccessRows, compileAccessSet } from '@polity/kernel/access/set';
import { parseStamp, stampKeys } from '@polity/kernel/access/stamp';
import { compileScopeTree, type ScopeRow } from '@polity/kernel/access/tree';
import { isUuid } from '@polity/kernel/ids';
import { SubjectFlag } from '../flag/flag.entity.ts';
import { Permission } from '../permission/permission.entity.ts';
import { Role } from '../role/role.entity.ts';
import { Scope } from '../scope/scope.entity.ts';
import type { DecisionRecord } from './decision.entity.ts';
import { type Past, type Undoable, undo } from './past.ts';
import { accessRows } from './rows.ts';

interface NewerRow {
  kind: Undoable['kind'];
  scope_id: string | null;
  before: Undoable['before'];
  after: Undoable['after'];
}

// A change is newer than the decision when it belongs to a version that the decision had not seen.
const NEWER = `select kind, scope_id, before, after from access_change
  where (tenant_id = ?::uuid or tenant_id is null) and (subject_id is null or subject_id = ?::uuid)
    and (coalesce((stamps->>?)::bigint, 0) > ? or coalesce((stamps->>?)::bigint, 0) > ?
      or coalesce((stamps->>?)::bigint, 0) > ? or coalesce((stamps->>?)::bigint, 0) > ?)
  order by seq desc`;

interface Sessions {
  /** EntityManager in the walls of the tenant. */
  em: EntityManager;
  /** EntityManager of the platform, which sees the history of platform-wide flags. */
  platform: EntityManager;
}

async function newerThan(
  { em, platform }: Sessions,
  { tenantId, subjectId, version }: DecisionRecord,
): Promise<NewerRow[]> {
  const subject = isUuid(subjectId) ? subjectId : tenantId;
  const keys = stampKeys(tenantId, subject);
  const { subject: s, roles, tree, platform: p } = parseStamp(version);
  const params = [tenantId, subject, keys.subject, s, keys.roles, roles, keys.tree, tree, keys.platform, p];
  const flags = (await platform.execute<NewerRow[]>(NEWER, params)).filter(({ kind }) => kind.startsWith('FLAG'));
  return [...flags, ...(await em.execute<NewerRow[]>(NEWER, params))];
}

async function present(
  em: EntityManager,
  tenantId: string,
  { rows, permissions }: { rows: AccessRows; permissions: readonly Permission[] },
): Promise<Past> {
  const scopes = await em.find(Scope, { tenantId });
  const roles = await em.find(Role, {});
  const flags = await em.find(SubjectFlag, { subjectId: isUuid(rows.subjectId) ? rows.subjectId : tenantId });
  return {
    scopes: new Map(scopes.map(({ id, type, parentId = null }): [string, ScopeRow] => [id, { id, type, parentId }])),
    roles: new Map(roles.map(({ id, permissions }) => [id, permissions])),
    bindings: new Map(rows.bindings.map((row) => [row.id, row])),
    overrides: new Map(rows.overrides.map((row) => [row.id, row])),
    flags: flags.map(({ flag, origin, validUntil }) => ({ flag, origin, validUntil: validUntil?.getTime() ?? null })),
    codes: new Set(permissions.filter(({ retiredAt }) => !retiredAt).map(({ code }) => code)),
  };
}

function rowsOf(rows: AccessRows, past: Past, version: string, codes: PermissionCatalogue): AccessRows {
  const live = (permissions: readonly string[]) => permissions.filter((code) => codes.bits.has(code));
  return {
    ...rows,
    stamp: version,
    flags: past.flags.map((row) => ({ ...row, level: 'PLATFORM', validFrom: null })),
    bindings: [...past.bindings].map(([id, row]) => ({ ...row, id })),
    overrides: [...past.overrides].map(([id, row]) => ({ ...row, id })),
    roles: [...past.roles].map(([id, permissions]) => ({ id, key: id, mask: encodeMask(codes, live(permissions)) })),
  };
}

/**
 * Decides a logged question once more, from the history taken back to the versions that it rested on. Permissions that came or were
 * retired since count as they did. Throws an Error for a decision whose version is none.
 */
export async function replay(sessions: Sessions, logged: DecisionRecord): Promise<Decision> {
  const { tenantId, subjectId, version, permission, scopeType: type, scopeId: id, at } = logged;
  if (subjectId == null) return decide(nobody(tenantId), permission, { type, id }, at.getTime());
  const rows = await accessRows(sessions.em, tenantId, subjectId);
  const permissions = await sessions.em.find(Permission, {});
  const past = await present(sessions.em, tenantId, { rows, permissions });
  for (const { kind, scope_id: scopeId, before, after } of await newerThan(sessions, logged)) {
    undo(past, { kind, scopeId, before, after });
  }
  const counted = permissions.filter(({ code }) => past.codes.has(code));
  const codes = createCatalogue(counted, 0);
  const tree = compileScopeTree([...past.scopes.values()], parseStamp(version).tree);
  const set = compileAccessSet(rowsOf(rows, past, version, codes), codes, tree, at.getTime());
  return decide(set, permission, { type, id }, at.getTime());
}
