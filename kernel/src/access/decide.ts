import {
  ALLOW_ROW,
  DENY_ROW,
  firstRow,
  isLiveRow,
  nextRow,
  ROLE_ROW,
  rowId,
  rowKind,
  rowPayload,
} from './packed-rows.ts';
import { type AccessSet, isSuspended, isSystemAdmin } from './set.ts';
import { type ScopeRef, scopeIndex } from './tree.ts';

export type DecisionReason =
  | 'UNKNOWN'
  | 'SUSPENDED'
  | 'SYSTEM_ADMIN'
  | 'OVERRIDE_DENY'
  | 'OVERRIDE_ALLOW'
  | 'ROLE'
  | 'NO_GRANT';

/** The answer to one question, the row that decided it, and the versions it rests on. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: DecisionReason;
  readonly permission: string;
  readonly scope: ScopeRef;
  /** Role and binding that grant; null unless the reason is ROLE. */
  readonly roleId: string | null;
  readonly bindingId: string | null;
  /** Override that decided; null for the other reasons. */
  readonly overrideId: string | null;
  /** Stamp of the access set. */
  readonly version: string;
}

export interface AccessCheck {
  readonly permission: string;
  readonly scope: ScopeRef;
}

/**
 * Position of the row that decides, -1 for none: any DENY on the path, else the nearest ALLOW, else the nearest binding; within a scope
 * the lowest id, so that the order in which rows were read never shows.
 */
function decidingRow(set: AccessSet, scope: number, bit: number, nowMs: number): number {
  const { roles, hasOverrides } = set;
  const parents = set.tree.parents;
  const word = bit >>> 5;
  const flag = 1 << (bit & 31);
  let allow = -1;
  let grant = -1;
  for (let at = scope; at >= 0; at = parents[at] as number) {
    for (let position = firstRow(set, at); position >= 0; position = nextRow(set, position)) {
      const kind = rowKind(set, position);
      const payload = rowPayload(set, position);
      const meant = kind === ROLE_ROW ? ((roles[payload]?.mask[word] as number) & flag) !== 0 : payload === bit;
      if (!meant || !isLiveRow(set, position, nowMs)) continue;
      if (kind === DENY_ROW || !hasOverrides) return position;
      if (kind === ALLOW_ROW && allow < 0) allow = position;
      if (kind === ROLE_ROW && grant < 0) grant = position;
    }
  }
  return allow >= 0 ? allow : grant;
}

function verdict(
  set: AccessSet,
  allowed: boolean,
  reason: DecisionReason,
  permission: string,
  scope: ScopeRef,
): Decision {
  return { allowed, reason, permission, scope, roleId: null, bindingId: null, overrideId: null, version: set.stamp };
}

function verdictOf(set: AccessSet, position: number, permission: string, scope: ScopeRef): Decision {
  const kind = rowKind(set, position);
  const byRole = kind === ROLE_ROW;
  const id = rowId(set, position);
  return {
    allowed: kind !== DENY_ROW,
    reason: byRole ? 'ROLE' : kind === ALLOW_ROW ? 'OVERRIDE_ALLOW' : 'OVERRIDE_DENY',
    permission,
    scope,
    roleId: byRole ? (set.roles[rowPayload(set, position)]?.id ?? null) : null,
    bindingId: byRole ? id : null,
    overrideId: byRole ? null : id,
    version: set.stamp,
  };
}

/**
 * Decides whether the subject of the set holds the permission at the scope at `nowMs` (epoch milliseconds), and says why. The order is
 * total: unknown permission or scope, suspended, system administrator, DENY override on the path, ALLOW override, role, nothing.
 */
export function decide(set: AccessSet, permission: string, scope: ScopeRef, nowMs: number = Date.now()): Decision {
  const bit = set.catalogue.bits.get(permission);
  const at = scopeIndex(set.tree, scope);
  if (bit === undefined || at < 0) return verdict(set, false, 'UNKNOWN', permission, scope);
  if (isSuspended(set, nowMs)) return verdict(set, false, 'SUSPENDED', permission, scope);
  if (isSystemAdmin(set, nowMs)) return verdict(set, true, 'SYSTEM_ADMIN', permission, scope);
  const position = decidingRow(set, at, bit, nowMs);
  if (position < 0) return verdict(set, false, 'NO_GRANT', permission, scope);
  return verdictOf(set, position, permission, scope);
}

/** `decide(...).allowed` without building the reason. */
export function allows(set: AccessSet, permission: string, scope: ScopeRef, nowMs: number = Date.now()): boolean {
  const bit = set.catalogue.bits.get(permission);
  const at = scopeIndex(set.tree, scope);
  if (bit === undefined || at < 0 || isSuspended(set, nowMs)) return false;
  if (isSystemAdmin(set, nowMs)) return true;
  const position = decidingRow(set, at, bit, nowMs);
  return position >= 0 && rowKind(set, position) !== DENY_ROW;
}

/** One decision per check, in their order and all for the same instant. */
export function decideEach(set: AccessSet, checks: readonly AccessCheck[], nowMs: number = Date.now()): Decision[] {
  return checks.map((check) => decide(set, check.permission, check.scope, nowMs));
}
