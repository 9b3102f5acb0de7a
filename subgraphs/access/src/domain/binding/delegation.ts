import type { Asker } from '@polity/kernel/access/asker';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { beyondOwnAccess, beyondOwnTime } from './binding.errors.ts';
import { beyondReach, beyondTime } from './binding.policy.ts';

/** Nobody gives or takes what they do not hold at the scope. Throws FORBIDDEN with what is missing. */
export function mustReach(own: Asker, codes: readonly string[], scope: ScopeRef): void {
  const missing = beyondReach(own, codes, scope);
  if (missing.length > 0) throw beyondOwnAccess(missing);
}

/** What is handed on, where and to whom; `until` null is for good, and so is a receiver that is not known. */
export interface HandedOn {
  codes: readonly string[];
  scope: ScopeRef;
  receiverId: string | null;
  until: Date | null | undefined;
}

/** Nobody hands on for longer what they hold for a time. Throws FORBIDDEN with what ends before. */
export function mustOutlast(own: Asker, { codes, scope, receiverId, until }: HandedOn): void {
  const ending = beyondTime(own, codes, scope, { receiverId, untilMs: until?.getTime() ?? Infinity });
  if (ending.length > 0) throw beyondOwnTime(ending);
}
