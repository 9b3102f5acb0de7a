import type { Asker } from '@polity/kernel/access/asker';
import type { ScopeRef } from '@polity/kernel/access/tree';

export const canManageOverrides = (asker: Asker, scope: ScopeRef): boolean =>
  asker.may('access.override.manage', scope);
