import * as lists from '../domain/activity/activity.lists.ts';
import type { UserResolvers } from '../generated/graphql.ts';

export const User: UserResolvers = {
  activity: ({ id }, args, ctx) => lists.ofUser(ctx, id, args),
};
