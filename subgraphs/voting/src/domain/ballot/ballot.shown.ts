import type { Context } from '../../context.ts';
import type { PollOptionRow } from '../option/option.entity.ts';
import type { BallotContent } from './ballot.entity.ts';

/** What a ballot says, with the options of its poll. */
export interface ShownContent {
  content: BallotContent;
  options: readonly PollOptionRow[];
}

/** What a ballot says as it is shown; null where it may not be. */
export async function shownContent(
  ctx: Context,
  { pollId, content }: { pollId: string; content: BallotContent | null },
): Promise<ShownContent | null> {
  return content && { content, options: await ctx.loaders.optionsOf.load(pollId) };
}

/** The options with these ids, in that order. */
export function optionsAmong({ options }: Pick<ShownContent, 'options'>, ids: readonly string[]): PollOptionRow[] {
  const byId = new Map(options.map((option) => [option.id, option]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
