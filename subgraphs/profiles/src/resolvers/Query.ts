import { blockedUsers } from '../domain/block/block.service.ts';
import * as fields from '../domain/field/field.service.ts';
import * as follows from '../domain/follow/follow.lists.ts';
import { readableActivity } from '../domain/profile/profile.readers.ts';
import { settingsOf } from '../domain/profile/profile.settings.ts';
import { preview } from '../domain/profile/profile.view.ts';
import { search } from '../domain/search/search.ts';
import type { QueryResolvers } from '../generated/graphql.ts';

export const Query: Omit<QueryResolvers, '_entities' | '_service'> = {
  profileFields: (_, _args, ctx) => fields.list(ctx),
  profilePreview: (_, { as }, ctx) => preview(ctx, as ?? 'EVERYONE'),
  searchUsers: (_, args, ctx) => search(ctx, args),
  blockedUsers: (_, args, ctx) => blockedUsers(ctx, args),
  followRequests: (_, args, ctx) => follows.requests(ctx, args),
  _readableActivity: (_, asked, ctx) => readableActivity(ctx, asked),
  _personSettings: (_, { userIds }, ctx) => settingsOf(ctx, userIds),
};
