import * as communities from '../domain/community/community.service.ts';
import * as membershipEnds from '../domain/membership/membership.ending.ts';
import * as memberships from '../domain/membership/membership.service.ts';
import * as modules from '../domain/module/module.service.ts';
import * as posts from '../domain/post/post.service.ts';
import * as teams from '../domain/team/team.service.ts';
import * as teamMemberships from '../domain/team/team-membership.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  createCommunity: (_, { input }, ctx) => communities.create(ctx, input),
  updateCommunity: (_, { id, input }, ctx) => communities.update(ctx, id, input),
  archiveCommunity: (_, { id }, ctx) => communities.archive(ctx, id),
  joinCommunity: (_, { id }, ctx) => memberships.join(ctx, id),
  leaveCommunity: (_, { id }, ctx) => membershipEnds.leave(ctx, id),
  inviteToCommunity: (_, { communityId, userId }, ctx) => memberships.invite(ctx, communityId, userId),
  approveMembership: (_, { communityId, userId }, ctx) => memberships.approve(ctx, communityId, userId),
  removeFromCommunity: (_, { communityId, userId, ban }, ctx) =>
    membershipEnds.remove(ctx, communityId, { userId, ban: ban ?? false }),
  setCommunityRole: (_, { communityId, ...input }, ctx) => membershipEnds.setRole(ctx, communityId, input),
  createTeam: (_, { input }, ctx) => teams.create(ctx, input),
  updateTeam: (_, { id, input }, ctx) => teams.update(ctx, id, input),
  deleteTeam: (_, { id }, ctx) => teams.remove(ctx, id),
  addToTeam: (_, { teamId, userId }, ctx) => teamMemberships.add(ctx, teamId, userId),
  removeFromTeam: (_, { teamId, userId }, ctx) => teamMemberships.remove(ctx, teamId, userId),
  createPost: (_, { input }, ctx) => posts.create(ctx, input),
  updatePost: (_, { id, input }, ctx) => posts.update(ctx, id, input),
  deletePost: (_, { id }, ctx) => posts.remove(ctx, id),
  setModule: (_, { scope, ...setting }, ctx) => modules.set(ctx, scope, setting),
};
