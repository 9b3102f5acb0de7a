import type { Resolvers } from '../generated/graphql.ts';
import { Application, RegisteredApplication } from './Application.ts';
import { Mutation } from './Mutation.ts';
import { Query } from './Query.ts';
import {
  AuditEntry,
  Consent,
  Invitation,
  InvitationUse,
  Passkey,
  RegistrationToken,
  Tenant,
  TenantMembership,
  UpstreamLink,
  UpstreamProvider,
} from './types.ts';
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
  RegistrationToken,
  UpstreamLink,
  UpstreamProvider,
};
