import type { Asker } from '@polity/kernel/access/asker';
import type { ScopeRef } from '@polity/kernel/access/tree';

export const canManageBindings = (asker: Asker, scope: ScopeRef): boolean => asker.may('access.binding.manage', scope);

export const canReadBindings = (asker: Asker, scope: ScopeRef): boolean => asker.may('access.binding.read', scope);

/** Codes in use that the viewer lacks at the scope and so may neither grant nor take there. */
export function permissionsLacked(asker: Asker, codes: readonly string[], scope: ScopeRef): string[] {
  return codes.filter((code) => asker.set.catalogue.bits.has(code) && !asker.may(code, scope));
}

/** To whom permissions would be given and until when, in epoch milliseconds. */
interface GrantTerms {
  receiverId: string | null;
  untilMs: number;
}

/**
 * Codes in use that the viewer does not hold for as long as they would give them. System administrators give others for good also what they
 * hold for a time, since that is how an emergency is mended; themselves they do not.
 */
export function permissionsEndingBefore(
  asker: Asker,
  codes: readonly string[],
  scope: ScopeRef,
  { receiverId, untilMs }: GrantTerms,
): string[] {
  if (asker.administers && receiverId !== asker.set.subjectId) return [];
  return codes.filter((code) => asker.set.catalogue.bits.has(code) && !asker.holdsUntil(code, scope, untilMs));
}
