import { allows, type Decision, decide } from './decide.ts';
import { type AccessSet, changesOf, isSuspended, isSystemAdmin } from './set.ts';
import type { ScopeRef } from './tree.ts';
import { type VisibilityCodes, type VisibleScopes, visibleScopes } from './visibility.ts';

/** Hears of the decisions of a request, for the decision log. */
export type NoteDecision = (decision: Decision) => void;

/** The viewer together with what they may do at one instant: all that a policy looks at, and the only way for it to ask. */
export interface Authorizer {
  /** Id of the user or application; null for anonymous viewers and for services, whose name is no id. */
  readonly viewerId: string | null;
  /** Tenant of the set; an id that no tenant has where the request has none. */
  readonly tenantId: string;
  readonly set: AccessSet;
  /** Epoch milliseconds; every answer is for this instant. */
  readonly nowMs: number;
  /** Whether the viewer holds the permission at the scope. Unknown codes and scopes are denied. */
  may(permission: string, scope: ScopeRef): boolean;
  /** The same at the tenant itself. */
  mayAtTenant(permission: string): boolean;
  /**
   * Whether the viewer goes on holding the permission from now until that instant, infinity being for good, as far as is known today.
   * For who hands it on; `may` comes first, and is what the log hears of.
   */
  holdsUntil(permission: string, scope: ScopeRef, untilMs: number): boolean;
  /** Whether the viewer is a system administrator, and not suspended: for what concerns the whole installation. */
  readonly administers: boolean;
  /** Which rows of one kind the viewer sees; no single decision, so the log does not hear of it. */
  sees(codes: VisibilityCodes): VisibleScopes;
  /** Asks without a line in the decision log: for what is only shown or left out, where no answer refuses anything. */
  readonly quiet: Authorizer;
}

/** Freezes the set and the time, so that all checks of one verb answer for the same instant; `note` hears of each. */
export function makeAuthorizer(viewerId: string | null, set: AccessSet, nowMs: number, note: NoteDecision): Authorizer {
  const { tenantId } = set;
  const administers = isSystemAdmin(set, nowMs) && !isSuspended(set, nowMs);
  const sees = (codes: VisibilityCodes): VisibleScopes => visibleScopes(set, codes, nowMs);
  function holdsUntil(permission: string, scope: ScopeRef, untilMs: number): boolean {
    const changes = changesOf(set).filter((instant) => nowMs < instant && instant < untilMs);
    return [nowMs, ...changes].every((instant) => allows(set, permission, scope, instant));
  }
  function authorizer(heard: NoteDecision, silent?: Authorizer): Authorizer {
    function may(permission: string, scope: ScopeRef): boolean {
      const decision = decide(set, permission, scope, nowMs);
      heard(decision);
      return decision.allowed;
    }
    const mayAtTenant = (permission: string) => may(permission, { type: 'TENANT', id: tenantId });
    const questions = { may, mayAtTenant, holdsUntil, administers, sees };
    const self = { viewerId, tenantId, set, nowMs, ...questions, quiet: silent as Authorizer };
    self.quiet ??= self;
    return self;
  }
  return authorizer(
    note,
    authorizer(() => undefined),
  );
}
