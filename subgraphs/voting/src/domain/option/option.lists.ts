import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { PollRow } from '../poll/poll.entity.ts';
import type { PollOptionRow } from './option.entity.ts';

/** Options in the order of one viewer: chance, and the same each time. None of the above stays last. */
function shuffled(options: readonly PollOptionRow[], pollId: string, viewerId: string): PollOptionRow[] {
  const place = ({ id }: PollOptionRow) => createHash('sha256').update(`${pollId}${viewerId}${id}`).digest('hex');
  const keyed = options.map((option) => ({ option, key: `${option.noneOfTheAbove ? 1 : 0}${place(option)}` }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ option }) => option);
}

/** What is voted on, as the viewer is shown it. */
export async function optionsOf(ctx: Context, poll: PollRow): Promise<PollOptionRow[]> {
  const options = await ctx.loaders.optionsOf.load(poll.id);
  const isOrdered = !poll.shuffleOptions || poll.isClosed() || ctx.viewer.id === null;
  return isOrdered ? options : shuffled(options, poll.id, ctx.viewer.id as string);
}
