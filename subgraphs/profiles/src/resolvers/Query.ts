import { blockedUsers } from '../domain/block/block.service.ts';
import * as fields from '../domain/field/field.service.ts';
import * as follows from '../domain/follow/follow.lists.ts';
import { settingsOf } from '../domain/profile/profile.settings.ts';
import { preview } from '../domain/profile/profile.view.ts';
import type { QueryResolvers } from '../generated/graphql.ts';

export const Query: Omit<QueryResolvers, '_entities' | '_service'> = {
  profileFields: (_, _args, ctx) => fields.list(ctx),
  profilePreview: (_, { as }, ctx) => preview(ctx, as ?? 'EVERYONE'),
  blockedUsers: (_, args, ctx) => blockedUsers(ctx, args),
  followRequests: (_, args, ctx) => follows.requests(ctx, args),
  _personSettings: (_, { userIds }, ctx) => settingsOf(ctx, userIds),
};
