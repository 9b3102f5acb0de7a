import * as posts from '../domain/post/post.service.ts';
import { scopeOf } from '../domain/scope.ts';
import type { PostResolvers } from '../generated/graphql.ts';

export const Post: PostResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.postById.load(id),
  author: ({ authorId }) => ({ id: authorId }),
  scope: (post, _, ctx) => scopeOf(ctx, post),
  viewerCanEdit: (post, _, ctx) => posts.viewerCanEdit(ctx, post),
};
