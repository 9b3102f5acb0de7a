import type { AccessDeclaration } from '@polity/kernel/access/catalogue';

const member = ['events.event.read', 'events.event.create'];
const owner = [...member, 'events.event.manage'];

/** What others may grant here, and what it adds to the roles of tenants. */
export const access: AccessDeclaration = {
  permissions: [
    { code: 'events.event.read', description: 'See events for members.', scopeTypes: ['TENANT'] },
    { code: 'events.event.create', description: "Make events, and change one's own.", scopeTypes: ['TENANT'] },
    { code: 'events.event.manage', description: 'See, change and delete every event.', scopeTypes: ['TENANT'] },
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
