import { Forbidden } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { PollNotOpen } from '../poll/poll.errors.ts';
import { seenPoll } from '../poll/poll.found.ts';
import { canVote } from '../poll/poll.policy.ts';
import * as anonymous from './anonymous.service.ts';
import type { BallotView } from './ballot.view.ts';
import { type CastInput, readCasting } from './casting.ts';
import { castWithOthers } from './hot.service.ts';
import * as open from './open.service.ts';

/** Casts or replaces the viewer's ballot. Throws NotFound, Forbidden, PollNotOpen, NotEligible, AlreadyVoted, InvalidInput. */
export async function cast(ctx: Context, input: CastInput): Promise<BallotView> {
  const casting = await readCasting(ctx, input);
  const cast = await castWithOthers(ctx, casting);
  if (cast) return cast;
  // What is known of a poll may be out of date: it may have been hidden since.
  await seenPoll(ctx, casting.poll.id);
  return casting.poll.anonymous ? anonymous.cast(ctx, casting) : open.cast(ctx, casting);
}

/** Takes the viewer's ballot back and answers it as it was. Throws the same. */
export async function withdraw(ctx: Context, pollId: string, receipt: string | null): Promise<BallotView> {
  const poll = await seenPoll(ctx, pollId);
  if (!canVote(await ctx.access.authorizer(), poll)) throw new Forbidden();
  if (poll.status !== 'OPEN') throw new PollNotOpen(poll.status);
  const voterId = ctx.viewer.id as string;
  return poll.anonymous ? anonymous.withdraw(ctx, poll, voterId, receipt) : open.withdraw(ctx, poll, voterId);
}
