import type { AccessDeclaration } from '@polity/kernel/access/catalogue';

const member = ['voting.poll.read', 'voting.poll.create'];
const owner = [...member, 'voting.poll.manage'];

/** What others may grant here, and what it adds to the roles of tenants. */
export const access: AccessDeclaration = {
  permissions: [
    { code: 'voting.poll.read', description: 'See polls for members.', scopeTypes: ['TENANT'] },
    { code: 'voting.poll.create', description: "Make polls, and change one's own.", scopeTypes: ['TENANT'] },
    { code: 'voting.poll.manage', description: 'See, change and delete every poll.', scopeTypes: ['TENANT'] },
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
