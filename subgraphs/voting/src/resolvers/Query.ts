import * as ballots from '../domain/ballot/ballot.lists.ts';
import * as delegations from '../domain/delegation/delegation.service.ts';
import * as polls from '../domain/poll/poll.lists.ts';
import type { QueryResolvers } from '../generated/graphql.ts';

export const Query: Omit<QueryResolvers, '_entities' | '_service'> = {
  poll: (_, { id }, ctx) => ctx.loaders.pollById.load(id),
  polls: (_, args, ctx) => polls.list(ctx, args),
  delegations: (_, args, ctx) => delegations.ofViewer(ctx, args),
  verifyReceipt: (_, { pollId, receipt }, ctx) => ballots.verify(ctx, pollId, receipt),
};
