import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { ScopeRef } from '@polity/kernel/access/tree';

export const canManageOverrides = (authorizer: Authorizer, scope: ScopeRef): boolean =>
  authorizer.may('access.override.manage', scope);
