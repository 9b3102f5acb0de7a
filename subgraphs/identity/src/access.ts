import { type AccessDeclaration, addedTo, permissionsAt } from '@polity/kernel/access/catalogue';

const permissions = permissionsAt(['TENANT'], {
  'identity.user.read': "See addresses and states of the tenant's accounts, and search them.",
  'identity.user.suspend': 'Suspend and reinstate accounts that were made in the tenant.',
  'identity.user.resetPassword': "Start the reset of a member's password, without ever knowing it.",
  'identity.user.resetMfa': 'Take the authenticator app of somebody who lost it.',
  'identity.user.impersonate': 'Act as a member for support, with every act marked so.',
  'identity.member.remove': 'End memberships of the tenant.',
  'identity.member.invite': 'Invite people to the tenant, and see and revoke invitations.',
  'identity.tenant.update': 'Change name, slug and sign-up policy of the tenant.',
  'identity.upstream.manage': 'Choose the providers by which people sign in to the tenant.',
  'identity.audit.read': 'Read and export the audit log of the tenant.',
  'identity.application.read': "See the tenant's applications.",
  'identity.application.manage': 'Approve, reject and disable applications of the tenant.',
});

// Impersonation is given by name only, never with a role that everybody expects an owner to have.
const ownerCodes = permissions.map(({ code }) => code).filter((code) => code !== 'identity.user.impersonate');

export const access: AccessDeclaration = {
  permissions,
  roles: [
    ...addedTo('TENANT', { 'tenant.owner': ownerCodes }),
    {
      key: 'tenant.member',
      name: 'Tenant member',
      description: 'Belongs to the tenant.',
      scopeType: 'TENANT',
      permissions: [],
    },
  ],
};
