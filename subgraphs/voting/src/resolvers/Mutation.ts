import * as ballots from '../domain/ballot/ballot.service.ts';
import { invalidate } from '../domain/ballot/open.service.ts';
import * as delegations from '../domain/delegation/delegation.service.ts';
import * as electors from '../domain/elector/elector.service.ts';
import * as nominations from '../domain/nomination/nomination.service.ts';
import * as options from '../domain/option/option.service.ts';
import * as closing from '../domain/poll/poll.closing.ts';
import * as opening from '../domain/poll/poll.opening.ts';
import * as polls from '../domain/poll/poll.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  createPoll: (_, { input }, ctx) => polls.create(ctx, input),
  updatePoll: (_, { id, input }, ctx) => polls.update(ctx, id, input),
  deletePoll: (_, { id }, ctx) => polls.remove(ctx, id),
  addOption: (_, { pollId, input }, ctx) => options.add(ctx, pollId, input),
  removeOption: (_, { id }, ctx) => options.remove(ctx, id),
  putElectors: (_, args, ctx) => electors.put(ctx, args.pollId, args.electors),
  removeElectors: (_, { pollId, userIds }, ctx) => electors.remove(ctx, pollId, userIds),
  openNominations: (_, { id }, ctx) => opening.openNominations(ctx, id),
  nominate: (_, { pollId, input }, ctx) => nominations.nominate(ctx, pollId, input),
  respondToNomination: (_, { id, accept }, ctx) => nominations.respond(ctx, id, accept),
  reviewNomination: (_, { id, approve, reason }, ctx) => nominations.review(ctx, id, approve, reason),
  openPoll: (_, { id }, ctx) => opening.openPoll(ctx, id),
  closePoll: (_, { id }, ctx) => closing.closePoll(ctx, id),
  extendPoll: (_, { id, closesAt }, ctx) => closing.extend(ctx, id, closesAt ?? null),
  cancelPoll: (_, { id, reason }, ctx) => closing.cancel(ctx, id, reason),
  archivePoll: (_, { id }, ctx) => closing.archive(ctx, id),
  castVote: (_, { input }, ctx) => ballots.cast(ctx, input),
  withdrawVote: (_, { pollId, receipt }, ctx) => ballots.withdraw(ctx, pollId, receipt ?? null),
  invalidateBallot: (_, { id, reason }, ctx) => invalidate(ctx, id, reason),
  setDelegation: (_, { input }, ctx) => delegations.set(ctx, input),
  removeDelegation: (_, { id }, ctx) => delegations.remove(ctx, id),
};
