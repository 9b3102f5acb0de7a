import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { Poll, type PollRow } from './poll.entity.ts';
import { seenPolls } from './poll.visibility.ts';

export async function list(ctx: Context, args: ConnectionArgs): Promise<Connection<PollRow>> {
  const visible = seenPolls(await ctx.access.authorizer());
  return pageOf(ctx.em, Poll, { list: 'polls', args, order: newestFirst, visible });
}
