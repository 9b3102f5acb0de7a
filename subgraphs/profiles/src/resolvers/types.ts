import { viewerBlocks } from '../domain/block/block.service.ts';
import * as follows from '../domain/follow/follow.lists.ts';
import { viewOf } from '../domain/profile/profile.view.ts';
import type { ProfileFieldResolvers, UserResolvers } from '../generated/graphql.ts';

export const ProfileField: ProfileFieldResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.fieldById.load(id),
};

export const User: UserResolvers = {
  profile: ({ id }, _, ctx) => viewOf(ctx, id),
  followers: ({ id }, args, ctx) => follows.ofUser(ctx, 'followers', id, args),
  following: ({ id }, args, ctx) => follows.ofUser(ctx, 'following', id, args),
  followerCount: ({ id }, _, ctx) => follows.countOf(ctx, 'followers', id),
  followingCount: ({ id }, _, ctx) => follows.countOf(ctx, 'following', id),
  viewerFollows: ({ id }, _, ctx) => follows.viewerFollows(ctx, id),
  viewerFollowStatus: ({ id }, _, ctx) => follows.statusOf(ctx, id),
  viewerBlocks: ({ id }, _, ctx) => viewerBlocks(ctx, id),
};
