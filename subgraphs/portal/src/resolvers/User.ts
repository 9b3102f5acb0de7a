import * as communities from '../domain/community/community.lists.ts';
import type { UserResolvers } from '../generated/graphql.ts';

export const User: UserResolvers = {
  communities: ({ id }, args, ctx) => communities.ofUser(ctx, id, args),
};
