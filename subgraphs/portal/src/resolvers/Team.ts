import * as communities from '../domain/community/community.service.ts';
import * as posts from '../domain/post/post.lists.ts';
import * as teams from '../domain/team/team.lists.ts';
import type { TeamResolvers } from '../generated/graphql.ts';

export const Team: TeamResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.teamById.load(id),
  community: ({ community }, _, ctx) => communities.of(ctx, community),
  members: (team, args, ctx) => teams.membersOf(ctx, team, args),
  memberCount: (team, _, ctx) => teams.memberCount(ctx, team),
  posts: (team, args, ctx) => posts.ofTeam(ctx, team, args),
  viewerMembership: ({ id }, _, ctx) => ctx.loaders.viewerTeamMembership.load(id),
};
