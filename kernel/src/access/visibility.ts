import { scopesWhere } from './list.ts';
import { firstRow, isLiveRow, nextRow, ROLE_ROW, rowKind } from './packed-rows.ts';
import { type AccessSet, isSuspended } from './set.ts';

export type Visibility = 'PUBLIC' | 'COMMUNITY' | 'TEAM' | 'PRIVATE';

/** Permission to read a kind of thing as a member of its scope, and the one to manage all of them there. */
export interface VisibilityCodes {
  read: string;
  manage: string;
}

/** Which rows of one kind a viewer may see; computed once per request, then asked by list, node and reference alike. */
export interface VisibleScopes {
  readonly tenantId: string;
  /** True for system administrators and those who manage every scope of the tenant: no row is hidden. */
  readonly everything: boolean;
  /** True while the viewer is suspended: only PUBLIC is left, not even what they wrote themselves. */
  readonly suspended: boolean;
  /** Scopes at which the viewer holds a live binding, exactly there, and may read. */
  readonly memberOf: readonly string[];
  /** Scopes at which the viewer may manage, inherited or not. */
  readonly managed: readonly string[];
}

/** What visibility depends on. A row at a team names the team and its community, one at a community only that, one at the tenant none. */
export interface VisibleRow {
  visibility: Visibility;
  communityId: string | null;
  teamId: string | null;
  authorId: string | null;
}

/** SQL expressions, such as quoted columns, for the fields of `VisibleRow`. */
export interface VisibilityColumns {
  visibility: string;
  communityId: string;
  teamId: string;
  authorId: string;
}

/** A condition with `?` placeholders; every parameter is text, arrays as PostgreSQL array literals. */
export interface SqlCondition {
  sql: string;
  params: string[];
}

/** Whether the subject of the set holds a live role at exactly this scope. */
export function holdsBindingAt(set: AccessSet, scopeId: string, nowMs: number): boolean {
  const scope = set.tree.indexes.get(scopeId);
  if (scope === undefined) return false;
  for (let position = firstRow(set, scope); position >= 0; position = nextRow(set, position)) {
    if (rowKind(set, position) === ROLE_ROW && isLiveRow(set, position, nowMs)) return true;
  }
  return false;
}

/** What the viewer of the set may see at `nowMs` (epoch milliseconds) of things read with `codes.read` and managed with `codes.manage`. */
export function visibleScopes(set: AccessSet, codes: VisibilityCodes, nowMs: number = Date.now()): VisibleScopes {
  const manage = scopesWhere(set, codes.manage, nowMs);
  const readable = scopesWhere(set, codes.read, nowMs).scopeIds;
  return {
    tenantId: set.tree.tenantId,
    everything: manage.everything,
    suspended: isSuspended(set, nowMs),
    memberOf: readable.filter((scopeId) => holdsBindingAt(set, scopeId, nowMs)),
    managed: manage.scopeIds,
  };
}

/** The scope whose members a visibility speaks of; null for a row that names a team without its community. */
function audience(visible: VisibleScopes, row: VisibleRow): string | null {
  if (row.visibility === 'TEAM' && row.teamId !== null) return row.teamId;
  if (row.communityId !== null) return row.communityId;
  return row.teamId === null ? visible.tenantId : null;
}

/** Whether the viewer may see the row, which must be of their tenant; `viewerId` is null for the anonymous viewer. */
export function canSee(visible: VisibleScopes, row: VisibleRow, viewerId: string | null): boolean {
  if (row.visibility === 'PUBLIC' || visible.everything) return true;
  if (visible.suspended) return false;
  if (visible.managed.includes(row.teamId ?? row.communityId ?? visible.tenantId)) return true;
  if (row.visibility === 'PRIVATE') return viewerId !== null && row.authorId === viewerId;
  const scopeId = audience(visible, row);
  return scopeId !== null && visible.memberOf.includes(scopeId);
}

const arrayLiteral = (ids: readonly string[]) => `{${ids.map((id) => `"${id.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

/**
 * `canSee` as a condition on columns, for MikroORM's `raw(sql, params)`. Like any condition on nullable columns it is for a WHERE clause:
 * what is not true is hidden, and its negation would not mean "hidden".
 */
export function visibilitySql(
  visible: VisibleScopes,
  columns: VisibilityColumns,
  viewerId: string | null,
): SqlCondition {
  if (visible.everything) return { sql: 'true', params: [] };
  const { visibility, communityId, teamId, authorId } = columns;
  const parts = [`${visibility} = 'PUBLIC'`];
  const params: string[] = [];
  const either = (sql: string, ...values: string[]) => {
    parts.push(sql);
    params.push(...values);
  };
  const atCommunity = `${teamId} is null and ${communityId}`;
  const atTenant = `${teamId} is null and ${communityId} is null`;
  if (!visible.suspended && visible.memberOf.length > 0) {
    const members = arrayLiteral(visible.memberOf);
    either(`${visibility} = 'COMMUNITY' and ${communityId} = any(?)`, members);
    either(`${visibility} = 'TEAM' and (${teamId} = any(?) or ${atCommunity} = any(?))`, members, members);
    if (visible.memberOf.includes(visible.tenantId)) either(`${visibility} in ('COMMUNITY', 'TEAM') and ${atTenant}`);
  }
  if (!visible.suspended && visible.managed.length > 0) {
    const managed = arrayLiteral(visible.managed);
    either(`${teamId} = any(?) or ${atCommunity} = any(?)`, managed, managed);
    if (visible.managed.includes(visible.tenantId)) either(atTenant);
  }
  if (!visible.suspended && viewerId !== null) either(`${visibility} = 'PRIVATE' and ${authorId} = ?`, viewerId);
  return { sql: `(${parts.map((part) => `(${part})`).join(' or ')})`, params };
}
