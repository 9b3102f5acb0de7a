import type { Authorizer } from '@polity/kernel/access/authorizer';

export const canManageRoles = (authorizer: Authorizer): boolean => authorizer.mayAtTenant('access.role.manage');
