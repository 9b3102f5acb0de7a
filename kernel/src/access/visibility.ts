import { type Branch, everything, type Visible } from '../db/branches.ts';
import { all, always, type Sql, sql } from '../db/sql.ts';
import { type Blocks, leftOut, namesNone } from './blocks.ts';
import { scopesWhere } from './list.ts';
import { firstRow, isLiveRow, nextRow, ROLE_ROW, rowKind } from './packed-rows.ts';
import { type AccessSet, changesOf, isSuspended } from './set.ts';
import type { ScopeType } from './tree.ts';

export const visibilities = ['PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'] as const;
export type Visibility = (typeof visibilities)[number];

/** Permission to read a kind of thing as a member of its scope, and the one to manage all of them there. */
export interface VisibilityCodes {
  read: string;
  manage: string;
}

/** Ids of scopes by what they are. */
export interface ScopeIds {
  readonly tenant: boolean;
  readonly communities: readonly string[];
  readonly teams: readonly string[];
}

/** Which rows of one kind a viewer may see; computed once per access set, then asked by list, node and reference alike. */
export interface VisibleScopes {
  /** True for system administrators and those who manage every scope of the tenant: no row is hidden. */
  readonly everything: boolean;
  /** True while the viewer is suspended: only PUBLIC is left, not even what they wrote themselves. */
  readonly suspended: boolean;
  /** Scopes at which the viewer holds a live binding, exactly there, and may read. */
  readonly memberOf: ScopeIds;
  /** Scopes at which the viewer may manage, inherited or not. */
  readonly managed: ScopeIds;
  /** What somebody wrote between whom and the viewer a block stands is hidden, but from those who manage its place and were blocked. */
  readonly blocks: Blocks;
}

/** What visibility depends on. A row at a team names the team and its community, one at a community only that, one at the tenant none. */
export interface VisibleRow {
  visibility: Visibility;
  communityId: string | null;
  teamId: string | null;
  authorId: string | null;
  /** Hidden from all but its author and those who manage there; false where absent. */
  isHidden?: boolean;
}

/** SQL expressions, such as quoted columns, for the fields of `VisibleRow`. */
export interface VisibilityColumns {
  /** The moment at which a row was hidden, null where it is not; absent for what cannot be hidden. */
  hiddenAt?: string;
  visibility: string;
  communityId: string;
  teamId: string;
  authorId: string;
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

function byType({ tree }: AccessSet, scopeIds: readonly string[]): ScopeIds {
  const of = (type: ScopeType) => scopeIds.filter((id) => tree.refs[tree.indexes.get(id) as number]?.type === type);
  return { tenant: of('TENANT').length > 0, communities: of('COMMUNITY'), teams: of('TEAM') };
}

function compileScopes(set: AccessSet, codes: VisibilityCodes, nowMs: number): VisibleScopes {
  const manage = scopesWhere(set, codes.manage, nowMs);
  const readable = scopesWhere(set, codes.read, nowMs).scopeIds;
  return {
    everything: manage.everything,
    suspended: isSuspended(set, nowMs),
    memberOf: byType(
      set,
      readable.filter((scopeId) => holdsBindingAt(set, scopeId, nowMs)),
    ),
    managed: byType(set, manage.scopeIds),
    blocks: set.blocks,
  };
}

interface Compiled {
  scopes: VisibleScopes;
  /** Epoch milliseconds: the answer holds from here until just before there. */
  fromMs: number;
  untilMs: number;
}

const compiled = new WeakMap<AccessSet, Map<string, Compiled>>();

/**
 * What the viewer of the set may see at `nowMs` (epoch milliseconds) of things read with `codes.read` and managed with `codes.manage`. Kept
 * with the set until something in it begins or ends: with thousands of scopes this is the dearest question to ask.
 */
export function visibleScopes(set: AccessSet, codes: VisibilityCodes, nowMs: number = Date.now()): VisibleScopes {
  const ofSet = compiled.get(set) ?? new Map<string, Compiled>();
  compiled.set(set, ofSet);
  const key = `${codes.read} ${codes.manage}`;
  const known = ofSet.get(key);
  if (known && known.fromMs <= nowMs && nowMs < known.untilMs) return known.scopes;
  const scopes = compileScopes(set, codes, nowMs);
  const untilMs = Math.min(...changesOf(set).filter((instant) => instant > nowMs));
  ofSet.set(key, { scopes, fromMs: nowMs, untilMs });
  return scopes;
}

/** Whether the row's own place is one of the scopes; a row that names neither community nor team lies at the tenant. */
function placeIn(scopes: ScopeIds, { teamId, communityId }: VisibleRow): boolean {
  if (teamId !== null) return scopes.teams.includes(teamId);
  return communityId === null ? scopes.tenant : scopes.communities.includes(communityId);
}

/** Whether the row, which is for members, is for those of one of the scopes. A row that names a team without its community is for nobody. */
function isForMembers(scopes: ScopeIds, row: VisibleRow): boolean {
  if (row.visibility === 'TEAM' || row.teamId === null) return placeIn(scopes, row);
  return row.communityId !== null && scopes.communities.includes(row.communityId);
}

/** Whether the viewer may see the row, which must be of their tenant; `viewerId` is null for the anonymous viewer. */
export function canSee(visible: VisibleScopes, row: VisibleRow, viewerId: string | null): boolean {
  const isFrom = (people: readonly string[]) => row.authorId !== null && people.includes(row.authorId);
  if (visible.everything) return !isFrom(leftOut(visible.blocks, true));
  const isBlocked = isFrom(leftOut(visible.blocks));
  if (row.visibility === 'PUBLIC' && !row.isHidden && !isBlocked) return true;
  if (visible.suspended) return false;
  if (placeIn(visible.managed, row)) return !isFrom(leftOut(visible.blocks, true));
  if (row.visibility === 'PRIVATE' || row.isHidden) return viewerId !== null && row.authorId === viewerId;
  return !isBlocked && isForMembers(visible.memberOf, row);
}

const among = (column: string, ids: readonly string[], when: Sql): Branch[] =>
  ids.length > 0 ? [{ when, among: { column, ids } }] : [];

/**
 * `canSee` as branches on columns, one per reason to see a row. For each there should be an index that begins with the tenant, has the column
 * of the place or the author next and the sort key last, with the condition of the branch as its own (docs/performance.md). A block does not hide what meets
 * `despiteBlocks`.
 */
export function visibleRows(
  visible: VisibleScopes,
  columns: VisibilityColumns,
  viewerId: string | null,
  despiteBlocks?: Sql,
): Visible {
  const { visibility, communityId, teamId, authorId, hiddenAt } = columns;
  const { memberOf, managed, blocks } = visible;
  const byOthers = namesNone(leftOut(blocks), authorId, despiteBlocks);
  const toManagers = namesNone(leftOut(blocks, true), authorId, despiteBlocks);
  if (visible.everything) return toManagers === always ? everything : [{ when: toManagers }];
  const shown = hiddenAt === undefined ? '' : ` and ${hiddenAt} is null`;
  const toAll = (condition: string) => all(sql(`${condition}${shown}`), byOthers);
  const open: Branch = { when: toAll(`${visibility} = 'PUBLIC'`) };
  if (visible.suspended) return [open];
  const ofCommunity = toAll(`(${visibility} = 'COMMUNITY' or ${visibility} = 'TEAM' and ${teamId} is null)`);
  const atTenant = `${communityId} is null and ${teamId} is null`;
  return [
    open,
    ...among(communityId, memberOf.communities, ofCommunity),
    ...among(teamId, memberOf.teams, toAll(`${visibility} = 'TEAM'`)),
    ...(memberOf.tenant ? [{ when: toAll(`${visibility} in ('COMMUNITY', 'TEAM') and ${atTenant}`) }] : []),
    ...among(communityId, managed.communities, all(sql(`${teamId} is null`), toManagers)),
    ...among(teamId, managed.teams, toManagers),
    ...(managed.tenant ? [{ when: all(sql(atTenant), toManagers) }] : []),
    ...(viewerId === null ? [] : [{ when: sql(`${visibility} = 'PRIVATE' and ${authorId} = ?`, viewerId) }]),
    ...(viewerId === null || hiddenAt === undefined
      ? []
      : [{ when: sql(`${hiddenAt} is not null and ${authorId} = ?`, viewerId) }]),
  ];
}
