import { anyone, freshPerson, person, signedIn } from '@polity/kernel/graph/rules';
import type { GuardTable } from '../shield/guards.ts';
import { idIn, may, requestTenant } from './rules.ts';

/** Who may knock on what identity offers; identity decides again, with the rows at hand. */
export const identityPermissions: GuardTable = {
  Query: {
    me: anyone,
    user: signedIn,
    users: may('identity.user.read', 'tenant', requestTenant),
    tenant: anyone,
    auditLog: may('identity.audit.read', 'tenant', requestTenant),
  },
  Mutation: {
    signUp: anyone,
    activateAccount: anyone,
    signIn: anyone,
    requestMagicLink: anyone,
    signInWithMagicLink: anyone,
    requestPasswordReset: anyone,
    resetPassword: anyone,
    changePassword: person,
    changeEmail: freshPerson,
    confirmEmail: anyone,
    updateAccount: person,
    deleteAccount: person,
    createTenant: person,
    updateTenant: may('identity.tenant.update', 'tenant', idIn('TENANT', 'id')),
    joinTenant: person,
    leaveTenant: person,
    removeTenantMember: may('identity.member.remove', 'tenant', idIn('TENANT', 'tenantId')),
    suspendUser: freshPerson,
    reinstateUser: freshPerson,
    startPasswordReset: may('identity.user.resetPassword', 'tenant', requestTenant),
  },
  User: { '*': anyone },
  Tenant: { '*': anyone },
  TenantMembership: { '*': anyone },
  TenantMembershipConnection: { '*': anyone },
  TenantMembershipEdge: { '*': anyone },
  UserConnection: { '*': anyone },
  UserEdge: { '*': anyone },
  SignedIn: { '*': anyone },
  MfaRequired: { '*': anyone },
  SignUpAccepted: { '*': anyone },
  AuditEntry: { '*': signedIn },
  AuditEntryConnection: { '*': signedIn },
  AuditEntryEdge: { '*': signedIn },
};
