import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { Event, type EventRow } from './event.entity.ts';
import { seenEvents } from './event.visibility.ts';

export async function list(ctx: Context, args: ConnectionArgs): Promise<Connection<EventRow>> {
  const visible = seenEvents(await ctx.access.authorizer());
  return pageOf(ctx.em, Event, { list: 'events', args, order: newestFirst, visible });
}
