import { allows } from '@polity/kernel/access/decide';
import type { AccessSet } from '@polity/kernel/access/set';
import type { ScopeRef } from '@polity/kernel/access/tree';

export const canManageOverrides = (set: AccessSet, scope: ScopeRef, nowMs: number): boolean =>
  allows(set, 'access.override.manage', scope, nowMs);
