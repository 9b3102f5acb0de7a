import * as invitations from '../domain/invitation/invitation.service.ts';
import { personOf, tenantOf } from '../domain/membership/membership.service.ts';
import * as tenants from '../domain/tenant/tenant.service.ts';
import { redirectUriOf } from '../domain/upstream/provider.service.ts';
import * as users from '../domain/user/user.service.ts';
import type {
  ActorKind,
  AuditEntryResolvers,
  ConsentResolvers,
  InvitationResolvers,
  InvitationUseResolvers,
  PasskeyResolvers,
  RegistrationTokenResolvers,
  TenantMembershipResolvers,
  TenantResolvers,
  UpstreamLinkResolvers,
  UpstreamProviderResolvers,
} from '../generated/graphql.ts';
import { asLanguage } from '../interface-language.ts';

export const AuditEntry: AuditEntryResolvers = {
  actorKind: ({ actorKind }) => actorKind.toUpperCase() as ActorKind,
  user: (entry, _, ctx) => (entry.userId ? users.find(ctx, entry.userId) : null),
};

export const Consent: ConsentResolvers = {
  application: ({ applicationId }, _, ctx) => ctx.loaders.applicationById.load(applicationId),
};

export const Invitation: InvitationResolvers = {
  community: ({ communityId }) => (communityId ? { id: communityId } : null),
  status: (invitation, _, ctx) => invitations.statusOf(invitation, ctx.clock.nowMs()),
  createdBy: (invitation, _, ctx) => (invitation.createdBy ? users.find(ctx, invitation.createdBy) : null),
  usedBy: (invitation, _, ctx) => invitations.allUsesOf(ctx, invitation),
  useHistory: (invitation, args, ctx) => invitations.usesOf(ctx, invitation, args),
};

export const InvitationUse: InvitationUseResolvers = {
  user: (use, _, ctx) => users.find(ctx, use.userId),
};

export const Passkey: PasskeyResolvers = {
  synced: ({ backedUp }) => backedUp,
};

export const RegistrationToken: RegistrationTokenResolvers = {
  createdBy: ({ createdBy }, _, ctx) => (createdBy ? users.find(ctx, createdBy) : null),
};

export const UpstreamProvider: UpstreamProviderResolvers = {
  redirectUri: ({ id }, _, ctx) => redirectUriOf(ctx, id),
};

export const UpstreamLink: UpstreamLinkResolvers = {
  provider: ({ providerName }) => providerName,
};

export const Tenant: TenantResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.tenantById.load(id),
  language: ({ language }) => asLanguage(language),
  logoUrl: ({ logoFile }, _, ctx) => ctx.files.address(logoFile ?? null),
  members: (tenant, page, ctx) => tenants.members(ctx, tenant, page),
};

export const TenantMembership: TenantMembershipResolvers = {
  tenant: (membership, _, ctx) => tenantOf(ctx, membership),
  user: (membership, _, ctx) => personOf(ctx, membership),
};
