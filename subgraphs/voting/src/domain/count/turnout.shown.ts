import type { Context } from '../../context.ts';
import type { PollRow } from '../poll/poll.entity.ts';
import type { TurnoutPoint } from './count.entity.ts';

/** How many voted; null before the poll opens. */
export async function turnoutOf(ctx: Context, poll: PollRow): Promise<{ cast: number; eligible: number } | null> {
  const { id, eligibleCount, castCount } = poll;
  if (typeof eligibleCount !== 'number') return null;
  if (typeof castCount === 'number') return { cast: castCount, eligible: eligibleCount };
  return { cast: (await ctx.loaders.castOf.load(id))?.cast ?? 0, eligible: eligibleCount };
}

/** How the number of ballots grew; null where their times are not known, or the poll was not counted. */
export async function turnoutOverTime(ctx: Context, poll: PollRow): Promise<TurnoutPoint[] | null> {
  if (poll.anonymous || !poll.isClosed()) return null;
  return (await ctx.loaders.countById.load(poll.id))?.turnout ?? null;
}
