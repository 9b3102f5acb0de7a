import type { CommunityMembershipResolvers } from '../generated/graphql.ts';

export const CommunityMembership: CommunityMembershipResolvers = {
  community: ({ community }, _, ctx) => ctx.loaders.communityById.load(community.id),
  user: ({ userId }) => ({ id: userId }),
  invitedBy: ({ invitedBy }) => (invitedBy ? { id: invitedBy } : null),
};
