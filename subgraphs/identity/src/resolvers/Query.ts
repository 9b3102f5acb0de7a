import * as applications from '../domain/application/application.service.ts';
import * as consents from '../domain/application/consent.service.ts';
import { auditLog, exportLog } from '../domain/audit/audit.queries.ts';
import * as previews from '../domain/invitation/invitation.preview.ts';
import * as invitations from '../domain/invitation/invitation.service.ts';
import { isMember } from '../domain/membership/membership.service.ts';
import * as names from '../domain/membership/names.ts';
import * as personalTokens from '../domain/personal-token/personal-token.service.ts';
import * as registrationTokens from '../domain/registration/registration-token.service.ts';
import * as tenants from '../domain/tenant/tenant.service.ts';
import * as providers from '../domain/upstream/provider.service.ts';
import * as users from '../domain/user/user.service.ts';
import type { QueryResolvers } from '../generated/graphql.ts';
import { authorizationVisitOf, viewAuthorization } from '../oidc/authorization.ts';
import { deviceVisitOf, viewDevice } from '../oidc/device.ts';
import { introspect, proofOf } from '../oidc/introspect.ts';

export const Query: QueryResolvers = {
  me: (_, __, ctx) => users.me(ctx),
  user: (_, { id }, ctx) => users.find(ctx, id),
  users: (_, { query, status, ...page }, ctx) => users.list(ctx, { query, status }, page),
  tenant: (_, { slug }, ctx) => tenants.find(ctx, slug),
  auditLog: (_, { filter, ...page }, ctx) => auditLog(ctx, filter ?? {}, page),
  auditExport: (_, { filter, after }, ctx) => exportLog(ctx, filter ?? {}, after),
  previewInvitation: (_, { token }, ctx) => previews.preview(ctx, token),
  invitations: (_, page, ctx) => invitations.list(ctx, page),
  applications: (_, { status, ...page }, ctx) => applications.list(ctx, status, page),
  registrationTokens: (_, page, ctx) => registrationTokens.list(ctx, page),
  consents: (_, page, ctx) => consents.list(ctx, page),
  personalTokens: (_, page, ctx) => personalTokens.list(ctx, page),
  signInProviders: (_, __, ctx) => providers.offered(ctx),
  upstreamProviders: (_, page, ctx) => providers.list(ctx, page),
  _introspectToken: (_, { token, proof }, ctx) => introspect(ctx, token, proofOf(proof)),
  _authorization: (_, { visit }, ctx) => viewAuthorization(ctx, authorizationVisitOf(visit)),
  _deviceRequest: (_, { visit }, ctx) => viewDevice(ctx, deviceVisitOf(visit)),
  _tenant: (_, by, ctx) => tenants.findForService(ctx, by),
  _usersByEmail: (_, { emails }, ctx) => users.findByEmails(ctx, emails),
  _isTenantMember: (_, { userId }, ctx) => isMember(ctx, userId),
  _memberNames: (_, asked, ctx) => names.members(ctx, asked),
  _tenantsOf: (_, { userId }, ctx) => names.tenantsOf(ctx, userId),
  _tenantIds: (_, { after }, ctx) => names.tenantIds(ctx, after ?? null),
  _application: (_, { id }, ctx) => applications.findForService(ctx, id),
};
