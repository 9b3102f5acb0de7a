import * as communityLists from '../domain/community/community.lists.ts';
import * as communities from '../domain/community/community.service.ts';
import * as modules from '../domain/module/module.service.ts';
import * as postLists from '../domain/post/post.lists.ts';
import type { QueryResolvers } from '../generated/graphql.ts';

export const Query: Omit<QueryResolvers, '_entities' | '_service'> = {
  community: (_, args, ctx) => communities.find(ctx, args),
  communities: (_, args, ctx) => communityLists.list(ctx, args),
  team: (_, { id }, ctx) => ctx.loaders.teamById.load(id),
  post: (_, { id }, ctx) => ctx.loaders.postById.load(id),
  posts: (_, args, ctx) => postLists.list(ctx, args),
  navigation: (_, { scope, includeDisabled }, ctx) => modules.navigation(ctx, scope ?? null, includeDisabled ?? false),
};
