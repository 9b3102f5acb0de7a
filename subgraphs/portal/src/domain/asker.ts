import { allows } from '@polity/kernel/access/decide';
import type { AccessSet } from '@polity/kernel/access/set';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { type VisibilityCodes, type VisibleScopes, visibleScopes } from '@polity/kernel/access/visibility';

/** The viewer together with what they may do at one instant: all that a policy looks at. */
export interface Asker {
  /** Null for anonymous viewers. */
  viewerId: string | null;
  tenantId: string;
  set: AccessSet;
  may(permission: string, scope: ScopeRef): boolean;
  sees(codes: VisibilityCodes): VisibleScopes;
}

/** Freezes the set and the time, so that every check of one verb answers for the same instant. */
export function makeAsker(viewerId: string | null, tenantId: string, set: AccessSet, nowMs: number): Asker {
  const seen = new Map<VisibilityCodes, VisibleScopes>();
  return {
    viewerId,
    tenantId,
    set,
    may: (permission, scope) => allows(set, permission, scope, nowMs),
    sees(codes) {
      const scopes = seen.get(codes) ?? visibleScopes(set, codes, nowMs);
      seen.set(codes, scopes);
      return scopes;
    },
  };
}
