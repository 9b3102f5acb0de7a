import { scopeStub } from '@polity/kernel/access/placed';
import * as ballots from '../domain/ballot/ballot.lists.ts';
import { exportOf } from '../domain/count/export.ts';
import { resultsOf } from '../domain/count/results.ts';
import { turnoutOf, turnoutOverTime } from '../domain/count/turnout.shown.ts';
import * as nominations from '../domain/nomination/nomination.lists.ts';
import { optionsOf } from '../domain/option/option.lists.ts';
import { percentage } from '../domain/poll/poll.bounds.ts';
import { viewerCanRun, viewerCanVote } from '../domain/poll/poll.viewer.ts';
import type { PollResolvers } from '../generated/graphql.ts';

export const Poll: PollResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.pollById.load(id),
  scope: (poll) => scopeStub(poll.scopeRef()),
  visibility: ({ chosenVisibility }) => chosenVisibility,
  quorum: ({ quorum }) => percentage(quorum),
  turnoutQuorum: ({ turnoutQuorum }) => percentage(turnoutQuorum),
  options: (poll, _, ctx) => optionsOf(ctx, poll),
  nominations: (poll, args, ctx) => nominations.ofPoll(ctx, poll, args),
  results: (poll, _, ctx) => resultsOf(ctx, poll),
  turnout: (poll, _, ctx) => turnoutOf(ctx, poll),
  turnoutOverTime: (poll, _, ctx) => turnoutOverTime(ctx, poll),
  viewerBallot: (poll, _, ctx) => ballots.ofViewer(ctx, poll),
  viewerCanVote: (poll, _, ctx) => viewerCanVote(ctx, poll),
  viewerCanRun: (poll, _, ctx) => viewerCanRun(ctx, poll),
  ballots: (poll, args, ctx) => ballots.ofPoll(ctx, poll, args),
  publishedBallots: (poll, args, ctx) => ballots.published(ctx, poll, args),
  participants: (poll, args, ctx) => ballots.participants(ctx, poll, args),
  export: (poll, { format }, ctx) => exportOf(ctx, poll, format),
  author: ({ authorId }) => ({ id: authorId }),
};
