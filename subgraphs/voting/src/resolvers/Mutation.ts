import * as polls from '../domain/poll/poll.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  createPoll: (_, { input }, ctx) => polls.create(ctx, input),
  updatePoll: (_, { id, input }, ctx) => polls.update(ctx, id, input),
  deletePoll: (_, { id }, ctx) => polls.remove(ctx, id),
};
