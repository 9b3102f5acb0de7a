import { lyingAt } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Where } from '@polity/kernel/db/rows';
import { type Sql, sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { Event, type EventRow } from './event.entity.ts';
import { seenEvents } from './event.visibility.ts';

/** Between which instants events take place; either may be open. */
export interface Window {
  from?: Date | null | undefined;
  to?: Date | null | undefined;
}

interface ListArgs extends ConnectionArgs, Window {
  scope?: ScopeRef | null;
  tag?: string | null;
}

/** Events of which some date may lie in the window. Throws InvalidInput for one that ends before it begins. */
function within({ from, to }: Window): Sql[] {
  if (from && to && to < from) throw new InvalidInput({ to: 'must not lie before from' });
  return [
    ...(from ? [sql('(t.span_ends_at is null or t.span_ends_at >= ?)', from)] : []),
    ...(to ? [sql('t.span_starts_at < ?', to)] : []),
  ];
}

export async function list(ctx: Context, { scope, tag, from, to, ...args }: ListArgs): Promise<Connection<EventRow>> {
  const where: Where<Event>[] = [
    ...within({ from, to }),
    ...(scope ? [lyingAt(scope)] : []),
    ...(tag ? [sql('t.tags @> array[cast(? as text)]', tag)] : []),
  ];
  const visible = seenEvents(await ctx.access.authorizer());
  return pageOf(ctx.em, Event, { list: 'events', args, order: newestFirst, where, visible });
}

type Below = ConnectionArgs & Window;

export async function ofCommunity(ctx: Context, id: string, { from, to, ...args }: Below) {
  const where = [sql('t.team_id is null'), ...within({ from, to })];
  const list = { list: 'community.events', entity: Event, parent: 't.community_id', where, order: newestFirst };
  return ctx.loaders.pages({ ...list, visible: seenEvents(await ctx.access.authorizer()) }, id, args);
}

export async function ofTeam(ctx: Context, id: string, { from, to, ...args }: Below) {
  const list = {
    list: 'team.events',
    entity: Event,
    parent: 't.team_id',
    where: within({ from, to }),
    order: newestFirst,
  };
  return ctx.loaders.pages({ ...list, visible: seenEvents(await ctx.access.authorizer()) }, id, args);
}
