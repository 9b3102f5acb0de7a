import { anyone } from '@polity/kernel/graph/rules';
import type { GuardTable } from '../shield/guards.ts';
import { freshSession, idIn, may, openTypes, ownSession, requestTenant, signedInFor } from './rules.ts';

const inviter = signedInFor('identity.member.invite');

/** Who may knock on what identity offers; identity decides again, with the rows at hand. */
export const identityPermissions: GuardTable = {
  Query: {
    me: anyone,
    user: anyone,
    users: may('identity.user.read', 'tenant', requestTenant),
    tenant: anyone,
    auditLog: may('identity.audit.read', 'tenant', requestTenant),
    invitations: inviter,
  },
  Mutation: {
    signUp: anyone,
    activateAccount: anyone,
    signIn: anyone,
    verifyMfa: anyone,
    reauthenticate: ownSession,
    // Also a step of a sign-in that goes on; identity asks for the challenge then, else for a fresh session.
    beginTotpEnrolment: anyone,
    confirmTotpEnrolment: anyone,
    disableTotp: freshSession,
    regenerateRecoveryCodes: freshSession,
    revokeTrustedDevice: ownSession,
    requestMagicLink: anyone,
    signInWithMagicLink: anyone,
    requestPasswordReset: anyone,
    resetPassword: anyone,
    changePassword: ownSession,
    changeEmail: freshSession,
    confirmEmail: anyone,
    updateAccount: ownSession,
    deleteAccount: ownSession,
    beginPasskeyRegistration: freshSession,
    finishPasskeyRegistration: freshSession,
    beginPasskeySignIn: anyone,
    finishPasskeySignIn: anyone,
    renamePasskey: ownSession,
    removePasskey: freshSession,
    createTenant: ownSession,
    updateTenant: may('identity.tenant.update', 'tenant', idIn('TENANT', 'id')),
    joinTenant: ownSession,
    leaveTenant: ownSession,
    removeTenantMember: may('identity.member.remove', 'tenant', idIn('TENANT', 'tenantId')),
    createInvitation: inviter,
    revokeInvitation: inviter,
    suspendUser: freshSession,
    reinstateUser: freshSession,
    startPasswordReset: may('identity.user.resetPassword', 'tenant', requestTenant),
  },
  ...openTypes('User', 'UserConnection', 'UserEdge', 'Tenant'),
  ...openTypes('TenantMembership', 'TenantMembershipConnection', 'TenantMembershipEdge'),
  ...openTypes(
    'SignedIn',
    'MfaRequired',
    'SignUpAccepted',
    'MfaStatus',
    'TotpEnrolment',
    'RecoveryCodes',
    'TrustedDevice',
  ),
  ...openTypes('Passkey', 'PasskeyOptions'),
  ...openTypes('Invitation', 'InvitationUse', 'CreatedInvitation', 'InvitationConnection', 'InvitationEdge'),
  ...openTypes('AuditEntry', 'AuditEntryConnection', 'AuditEntryEdge'),
};
