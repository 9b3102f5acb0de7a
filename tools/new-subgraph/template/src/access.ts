import type { AccessDeclaration } from '@polity/kernel/access/catalogue';

const member = ['specimens.sample.read', 'specimens.sample.create'];
const owner = [...member, 'specimens.sample.manage'];

/** What others may grant here, and what it adds to the roles of tenants. */
export const access: AccessDeclaration = {
  permissions: [
    { code: 'specimens.sample.read', description: 'See samples for members.', scopeTypes: ['TENANT'] },
    { code: 'specimens.sample.create', description: "Make samples, and change one's own.", scopeTypes: ['TENANT'] },
    { code: 'specimens.sample.manage', description: 'See, change and delete every sample.', scopeTypes: ['TENANT'] },
  ],
  roles: [
    { key: 'tenant.owner', name: 'Owner', description: 'Runs the tenant.', scopeType: 'TENANT', permissions: owner },
    {
      key: 'tenant.member',
      name: 'Member',
      description: 'Belongs to the tenant.',
      scopeType: 'TENANT',
      permissions: member,
    },
  ],
};
