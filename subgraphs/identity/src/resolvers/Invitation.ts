import * as invitations from '../domain/invitation/invitation.service.ts';
import * as users from '../domain/user/user.service.ts';
import type { InvitationResolvers, InvitationUseResolvers } from '../generated/graphql.ts';

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
