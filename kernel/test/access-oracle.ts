import type { Decision } from '../src/access/decide.ts';
import type { ScopeRef } from '../src/access/tree.ts';

/** Stored access as plain objects, with nothing compiled: what the oracle and the product both start from. */
export interface StoredAccess {
  now: number;
  codes: string[];
  scopes: { id: string; type: 'TENANT' | 'COMMUNITY' | 'TEAM'; parentId: string | null }[];
  roles: { id: string; permissions: string[] }[];
  flags: ({ flag: 'SUSPENDED' | 'SYSTEM_ADMIN'; level: 'TENANT' | 'PLATFORM' } & Bounds)[];
  bindings: ({ id: string; roleId: string; scopeId: string } & Bounds)[];
  overrides: ({ id: string; permission: string; scopeId: string; effect: 'ALLOW' | 'DENY' } & Bounds)[];
}

export interface Bounds {
  validFrom: number | null;
  validUntil: number | null;
}

export const live = (row: Bounds, now: number) =>
  (row.validFrom === null || row.validFrom <= now) && (row.validUntil === null || now < row.validUntil);

/** Ids of the scope and all it lies in, nearest first. */
export function pathOf(stored: StoredAccess, scopeId: string | null): string[] {
  const scope = stored.scopes.find((row) => row.id === scopeId);
  return scope ? [scope.id, ...pathOf(stored, scope.parentId)] : [];
}

const first = <T extends { id: string; scopeId: string }>(rows: T[], path: string[]) =>
  rows.toSorted((a, b) => path.indexOf(a.scopeId) - path.indexOf(b.scopeId) || (a.id < b.id ? -1 : 1))[0];

/** access.md 5.2 read out loud: slow, obvious, and sharing nothing with the product. */
export function judge(stored: StoredAccess, permission: string, scope: ScopeRef, now = stored.now): Partial<Decision> {
  const nothing = { roleId: null, bindingId: null, overrideId: null };
  const known =
    stored.codes.includes(permission) && stored.scopes.some((row) => row.id === scope.id && row.type === scope.type);
  if (!known) return { allowed: false, reason: 'UNKNOWN', ...nothing };
  const flags = stored.flags.filter((row) => live(row, now)).map((row) => row.flag);
  if (flags.includes('SUSPENDED')) return { allowed: false, reason: 'SUSPENDED', ...nothing };
  if (flags.includes('SYSTEM_ADMIN')) return { allowed: true, reason: 'SYSTEM_ADMIN', ...nothing };
  const path = pathOf(stored, scope.id);
  const overrides = stored.overrides.filter(
    (row) => row.permission === permission && path.includes(row.scopeId) && live(row, now),
  );
  const deny = first(
    overrides.filter((row) => row.effect === 'DENY'),
    path,
  );
  if (deny) return { ...nothing, allowed: false, reason: 'OVERRIDE_DENY', overrideId: deny.id };
  const allow = first(overrides, path);
  if (allow) return { ...nothing, allowed: true, reason: 'OVERRIDE_ALLOW', overrideId: allow.id };
  const grants = (roleId: string) =>
    stored.roles.some((role) => role.id === roleId && role.permissions.includes(permission));
  const binding = first(
    stored.bindings.filter((row) => path.includes(row.scopeId) && live(row, now) && grants(row.roleId)),
    path,
  );
  if (binding) return { ...nothing, allowed: true, reason: 'ROLE', roleId: binding.roleId, bindingId: binding.id };
  return { allowed: false, reason: 'NO_GRANT', ...nothing };
}
