import type { AccessDeclaration } from '@polity/kernel/access/catalogue';

const permissions: AccessDeclaration['permissions'] = [
  {
    code: 'operations.operation.read',
    description: 'See every published operation and limit.',
    scopeTypes: ['TENANT'],
  },
  {
    code: 'operations.operation.manage',
    description: 'Publish and retire operations for every application, and say what clients may send.',
    scopeTypes: ['TENANT'],
  },
];

/** What others may grant here, and what it adds to the roles of tenants. */
export const access: AccessDeclaration = {
  permissions,
  roles: [
    {
      key: 'tenant.owner',
      name: 'Owner',
      description: 'Runs the tenant.',
      scopeType: 'TENANT',
      permissions: permissions.map(({ code }) => code),
    },
  ],
};
