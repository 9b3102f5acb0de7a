import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { ScopeRef } from '@polity/kernel/access/tree';

export const canManageBindings = (authorizer: Authorizer, scope: ScopeRef): boolean =>
  authorizer.may('access.binding.manage', scope);

export const canReadBindings = (authorizer: Authorizer, scope: ScopeRef): boolean =>
  authorizer.may('access.binding.read', scope);

/** Codes in use that the viewer lacks at the scope and so may neither grant nor take there. */
export function permissionsLacked(authorizer: Authorizer, codes: readonly string[], scope: ScopeRef): string[] {
  return codes.filter((code) => authorizer.set.catalogue.bits.has(code) && !authorizer.may(code, scope));
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
  authorizer: Authorizer,
  codes: readonly string[],
  scope: ScopeRef,
  { receiverId, untilMs }: GrantTerms,
): string[] {
  if (authorizer.administers && receiverId !== authorizer.set.subjectId) return [];
  return codes.filter(
    (code) => authorizer.set.catalogue.bits.has(code) && !authorizer.holdsUntil(code, scope, untilMs),
  );
}
