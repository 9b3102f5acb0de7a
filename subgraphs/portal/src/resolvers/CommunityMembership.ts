import * as communities from '../domain/community/community.service.ts';
import type { CommunityMembershipResolvers } from '../generated/graphql.ts';

export const CommunityMembership: CommunityMembershipResolvers = {
  community: ({ community }, _, ctx) => communities.of(ctx, community),
  user: ({ userId }) => ({ id: userId }),
  invitedBy: ({ invitedBy }) => (invitedBy ? { id: invitedBy } : null),
};
