import * as avatars from '../domain/avatar/avatar.service.ts';
import * as blocks from '../domain/block/block.service.ts';
import * as fields from '../domain/field/field.service.ts';
import * as follows from '../domain/follow/follow.service.ts';
import * as profiles from '../domain/profile/profile.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  updateProfile: (_, { input }, ctx) => profiles.update(ctx, input),
  setAvatar: (_, { upload }, ctx) => avatars.set(ctx, upload),
  removeAvatar: (_, _args, ctx) => avatars.removeOwn(ctx),
  updatePrivacy: (_, { input }, ctx) => profiles.updatePrivacy(ctx, input),
  followUser: (_, { id }, ctx) => follows.follow(ctx, id),
  unfollowUser: (_, { id }, ctx) => follows.unfollow(ctx, id),
  approveFollower: (_, { id }, ctx) => follows.approve(ctx, id),
  removeFollower: (_, { id }, ctx) => follows.removeFollower(ctx, id),
  blockUser: (_, { id }, ctx) => blocks.block(ctx, id),
  unblockUser: (_, { id }, ctx) => blocks.unblock(ctx, id),
  createProfileField: (_, { input }, ctx) => fields.create(ctx, input),
  updateProfileField: (_, { id, input }, ctx) => fields.update(ctx, id, input),
  deleteProfileField: (_, { id }, ctx) => fields.remove(ctx, id),
};
