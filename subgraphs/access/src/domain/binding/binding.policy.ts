import { allows } from '@polity/kernel/access/decide';
import type { AccessSet } from '@polity/kernel/access/set';
import type { ScopeRef } from '@polity/kernel/access/tree';

export const canManageBindings = (set: AccessSet, scope: ScopeRef, nowMs: number): boolean =>
  allows(set, 'access.binding.manage', scope, nowMs);

export const canReadBindings = (set: AccessSet, scope: ScopeRef, nowMs: number): boolean =>
  allows(set, 'access.binding.read', scope, nowMs);

/** Codes in use that the viewer lacks at the scope and so may neither grant nor take there. */
export function beyondReach(set: AccessSet, codes: readonly string[], scope: ScopeRef, nowMs: number): string[] {
  return codes.filter((code) => set.catalogue.bits.has(code) && !allows(set, code, scope, nowMs));
}
