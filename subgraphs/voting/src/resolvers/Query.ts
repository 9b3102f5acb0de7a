import * as polls from '../domain/poll/poll.lists.ts';
import type { QueryResolvers } from '../generated/graphql.ts';

export const Query: Omit<QueryResolvers, '_entities' | '_service'> = {
  poll: (_, { id }, ctx) => ctx.loaders.pollById.load(id),
  polls: (_, args, ctx) => polls.list(ctx, args),
};
