import type { AccessDeclaration } from '@polity/kernel/access/catalogue';

export const access: AccessDeclaration = {
  permissions: [
    {
      code: 'access.role.manage',
      description: 'Create, edit and delete the roles of the tenant.',
      scopeTypes: ['TENANT'],
    },
    {
      code: 'access.binding.manage',
      description: 'Give and take roles at this scope, as far as one holds what they grant.',
      scopeTypes: ['TENANT', 'COMMUNITY', 'TEAM'],
    },
    {
      code: 'access.binding.read',
      description: 'See who holds which role at this scope, and what they may do.',
      scopeTypes: ['TENANT', 'COMMUNITY', 'TEAM'],
    },
    {
      code: 'access.override.manage',
      description: 'Allow or deny one permission to one person at this scope.',
      scopeTypes: ['TENANT', 'COMMUNITY', 'TEAM'],
    },
    {
      code: 'access.flag.manage',
      description: 'Set master flags. Only system administrators can use it, whoever else is given it.',
      scopeTypes: ['TENANT'],
    },
    { code: 'access.change.read', description: 'Read the history of access changes.', scopeTypes: ['TENANT'] },
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
