import type { Asker } from '@polity/kernel/access/asker';
import type { ScopeRef } from '@polity/kernel/access/tree';

export const canManageBindings = (asker: Asker, scope: ScopeRef): boolean => asker.may('access.binding.manage', scope);

export const canReadBindings = (asker: Asker, scope: ScopeRef): boolean => asker.may('access.binding.read', scope);

/** Codes in use that the viewer lacks at the scope and so may neither grant nor take there. */
export function beyondReach(asker: Asker, codes: readonly string[], scope: ScopeRef): string[] {
  return codes.filter((code) => asker.set.catalogue.bits.has(code) && !asker.may(code, scope));
}
