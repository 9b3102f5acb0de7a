import type { Asker } from '@polity/kernel/access/asker';

export const canManageRoles = (asker: Asker): boolean => asker.mayAtTenant('access.role.manage');
