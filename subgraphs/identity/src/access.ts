import type { AccessDeclaration, PermissionDeclaration } from '@polity/kernel/access/catalogue';

const atTenant = (code: string, description: string): PermissionDeclaration => ({
  code,
  description,
  scopeTypes: ['TENANT'],
});

const permissions: PermissionDeclaration[] = [
  atTenant('identity.user.read', "See addresses and states of the tenant's accounts, and search them."),
  atTenant('identity.user.suspend', 'Suspend and reinstate accounts that were made in the tenant.'),
  atTenant('identity.user.resetPassword', "Start the reset of a member's password, without ever knowing it."),
  atTenant('identity.user.resetMfa', 'Take the authenticator app of somebody who lost it.'),
  atTenant('identity.user.impersonate', 'Act as a member for support, with every act marked so.'),
  atTenant('identity.member.remove', 'End memberships of the tenant.'),
  atTenant('identity.member.invite', 'Invite people to the tenant, and see and revoke invitations.'),
  atTenant('identity.tenant.update', 'Change name, slug and sign-up policy of the tenant.'),
  atTenant('identity.audit.read', 'Read and export the audit log of the tenant.'),
  atTenant('identity.application.read', "See the tenant's applications."),
  atTenant('identity.application.manage', 'Approve, reject and disable applications of the tenant.'),
];

// Impersonation is given by name only, never with a role that everybody expects an owner to have.
const ownerCodes = permissions.map(({ code }) => code).filter((code) => code !== 'identity.user.impersonate');

export const access: AccessDeclaration = {
  permissions,
  roles: [
    {
      key: 'tenant.owner',
      name: 'Tenant owner',
      description: 'Runs the tenant.',
      scopeType: 'TENANT',
      permissions: ownerCodes,
    },
    {
      key: 'tenant.member',
      name: 'Tenant member',
      description: 'Belongs to the tenant.',
      scopeType: 'TENANT',
      permissions: [],
    },
  ],
};
