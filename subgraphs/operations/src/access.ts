import { type AccessDeclaration, addedTo, permissionsAt } from '@polity/kernel/access/catalogue';

const permissions = permissionsAt(['TENANT'], {
  'operations.operation.read': 'See every published operation and limit.',
  'operations.operation.manage': 'Publish and retire operations for every application, and say what clients may send.',
});

/** What others may grant here, and what it adds to the roles of tenants. */
export const access: AccessDeclaration = {
  permissions,
  roles: addedTo('TENANT', { 'tenant.owner': permissions.map(({ code }) => code) }),
};
