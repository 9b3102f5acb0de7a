import { type AccessDeclaration, everyScopeType, permissionsAt } from '@polity/kernel/access/catalogue';

export const access: AccessDeclaration = {
  permissions: [
    ...permissionsAt(['TENANT'], {
      'access.role.manage': 'Create, edit and delete the roles of the tenant.',
      'access.flag.manage': 'Set master flags. Only system administrators can use it, whoever else is given it.',
      'access.change.read': 'Read the history of access changes.',
    }),
    ...permissionsAt(everyScopeType, {
      'access.binding.manage': 'Give and take roles at this scope, as far as one holds what they grant.',
      'access.binding.read': 'See who holds which role at this scope, and what they may do.',
      'access.override.manage': 'Allow or deny one permission to one person at this scope.',
    }),
  ],
  roles: [
    {
      key: 'tenant.owner',
      name: 'Tenant owner',
      description: 'Runs the tenant.',
      scopeType: 'TENANT',
      permissions: [
        'access.role.manage',
        'access.binding.manage',
        'access.binding.read',
        'access.override.manage',
        'access.change.read',
      ],
    },
  ],
};
