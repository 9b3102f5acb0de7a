import { recorder } from '@polity/kernel/events/recorder';

/** What access tells others, by type. */
export interface AccessEvents {
  /**
   * The roles of a membership were taken, which comes before its end. Should it stand after all, because its owner was cut off in
   * between, its owner gives them again. `roleKeys` are those at the scope itself.
   */
  'access.membership.revoked': {
    membershipId: string;
    userId: string;
    scopeType: string;
    scopeId: string;
    roleKeys: string[];
  };
  /** Less may be done with a scope than before, which comes before its owner has committed it. Should it stand as it was after all, its owner says so again. */
  'access.scope.restricted': { scopeType: string; scopeId: string };
  /** A scope is gone for good, which comes before the end of what it stood for; each that lay below is told of before it. */
  'access.scope.removed': { scopeType: string; scopeId: string };
}

export const recordEvent = recorder<AccessEvents>();
