import type { Context } from '../../context.ts';
import type { PollRow } from './poll.entity.ts';
import { canRun, canVote } from './poll.policy.ts';

/** Whether the viewer is on the roll of the poll and may vote; null before it opens. */
export async function viewerCanVote(ctx: Context, poll: PollRow): Promise<boolean | null> {
  if (poll.isPending()) return null;
  const elector = await ctx.loaders.viewerElector.load(poll.id);
  return elector !== null && canVote((await ctx.access.authorizer()).quiet, poll);
}

export async function viewerCanRun(ctx: Context, poll: PollRow): Promise<boolean> {
  return ctx.viewer.kind === 'user' && canRun((await ctx.access.authorizer()).quiet, poll);
}
