import type { Resolvers } from '../generated/graphql.ts';
import { Application, RegisteredApplication } from './Application.ts';
import { AuditEntry } from './AuditEntry.ts';
import { Consent } from './Consent.ts';
import { Invitation, InvitationUse } from './Invitation.ts';
import { Mutation } from './Mutation.ts';
import { Passkey } from './Passkey.ts';
import { Query } from './Query.ts';
import { Tenant } from './Tenant.ts';
import { TenantMembership } from './TenantMembership.ts';
import { User } from './User.ts';

export const resolvers: Resolvers = {
  Query,
  Mutation,
  User,
  Tenant,
  TenantMembership,
  AuditEntry,
  Application,
  RegisteredApplication,
  Consent,
  Invitation,
  InvitationUse,
  Passkey,
};
