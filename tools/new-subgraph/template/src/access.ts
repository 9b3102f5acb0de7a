import { type AccessDeclaration, addedTo, everyScopeType, permissionsAt } from '@polity/kernel/access/catalogue';

const member = ['specimens.sample.read', 'specimens.sample.create'];
const owner = [...member, 'specimens.sample.manage'];

/** What others may grant here, and what it adds to the roles of tenants and communities. */
export const access: AccessDeclaration = {
  permissions: permissionsAt(everyScopeType, {
    'specimens.sample.read': 'See samples for members, at scopes of which one is a member.',
    'specimens.sample.create': "Make samples at scopes of which one is a member, and change one's own.",
    'specimens.sample.manage': 'See, change and delete every sample.',
  }),
  roles: [
    ...addedTo('TENANT', { 'tenant.owner': owner, 'tenant.member': member }),
    ...addedTo('COMMUNITY', { 'portal.owner': owner, 'portal.moderator': owner, 'portal.member': member }),
    ...addedTo('TEAM', { 'portal.member': member }),
  ],
};
