import { allows } from '@polity/kernel/access/decide';
import type { AccessSet } from '@polity/kernel/access/set';

export const canManageRoles = (set: AccessSet, nowMs: number): boolean =>
  allows(set, 'access.role.manage', { type: 'TENANT', id: set.tenantId }, nowMs);
