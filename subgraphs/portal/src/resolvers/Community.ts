import * as memberships from '../domain/membership/membership.lists.ts';
import * as posts from '../domain/post/post.lists.ts';
import * as teams from '../domain/team/team.lists.ts';
import type { CommunityResolvers } from '../generated/graphql.ts';

export const Community: CommunityResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.communityById.load(id),
  tenant: ({ tenantId }) => ({ id: tenantId }),
  members: (community, args, ctx) => memberships.ofCommunity(ctx, community, args),
  memberCount: (community, _, ctx) => memberships.countOf(ctx, community),
  teams: (community, args, ctx) => teams.ofCommunity(ctx, community, args),
  posts: (community, args, ctx) => posts.ofCommunity(ctx, community, args),
  viewerMembership: ({ id }, _, ctx) => ctx.loaders.viewerMembership.load(id),
};
