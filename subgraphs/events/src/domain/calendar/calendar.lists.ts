import type { EntityManager } from '@mikro-orm/postgresql';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { seenBy, type Visible, visiblePage } from '@polity/kernel/db/branches';
import { readRows } from '@polity/kernel/db/rows';
import { all, any, type Sql, sql } from '@polity/kernel/db/sql';
import { type Connection, type ConnectionArgs, paginate, type Slice } from '@polity/kernel/graph/connection';
import type { CursorValue, Order } from '@polity/kernel/graph/cursor';
import { InvalidInput } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { ChangedDate, type ChangedDateRow } from '../event/changed-date.entity.ts';
import { Event, type EventRow } from '../event/event.entity.ts';
import { seenEvents } from '../event/event.visibility.ts';
import { lyingAtSql } from '../scope.ts';
import { pageOfDates, type Stretch } from './merge.ts';
import { mine } from './mine.ts';
import { inOrder, type Occurrence } from './occurrence.ts';

interface CalendarArgs extends ConnectionArgs {
  scope?: ScopeRef | null;
  from: Date;
  to: Date;
  mine?: boolean | null;
}

/** What of a page dates are looked for by. */
type DateSlice = Pick<Slice, 'backwards' | 'limit' | 'after' | 'before'>;

const MAX_YEARS = 100;
/** No date lasts longer, so nothing that began earlier is still going on. */
const LONGEST_MS = 366 * 86_400_000;

const order: Order = [
  { column: 'startsAt', direction: 'asc', type: 'time' },
  { column: 'eventId', direction: 'asc', type: 'uuid' },
  { column: 'recurrenceId', direction: 'asc', type: 'time' },
];

/** Throws InvalidInput for a window that ends before it begins or spans more than a hundred years. */
function stretchOf({ from, to }: { from: Date; to: Date }): Stretch {
  if (to < from) throw new InvalidInput({ to: 'must not lie before from' });
  const limit = new Date(from);
  limit.setUTCFullYear(limit.getUTCFullYear() + MAX_YEARS);
  if (to > limit) throw new InvalidInput({ to: `must lie within ${MAX_YEARS} years of from` });
  return { from: from.getTime(), to: to.getTime() };
}

const timeOf = (cursor: readonly CursorValue[] | null): number | null =>
  cursor ? (cursor[0] as Date).getTime() : null;

function ofCursor(cursor: readonly CursorValue[] | null, than: '<' | '>'): Sql[] {
  return cursor
    ? [sql(`(t.starts_at, t.id) ${than} (cast(? as timestamptz), cast(? as uuid))`, cursor[0], cursor[1])]
    : [];
}

/** Ids of the events of one date that the page could show, and no more of them. */
function singlePage(
  tenantId: string,
  visible: Visible,
  stretch: Stretch,
  slice: DateSlice,
  place: readonly Sql[],
): Sql {
  const { backwards, limit } = slice;
  const [after, before] = [timeOf(slice.after), timeOf(slice.before)];
  const earliest = new Date(Math.max(stretch.from - LONGEST_MS, after ?? Number.NEGATIVE_INFINITY));
  const latest = new Date(Math.min(stretch.to - 1, before ?? Number.POSITIVE_INFINITY));
  const from = new Date(stretch.from);
  const where = all(
    sql('t.tenant_id = ? and t.recurrence is null', tenantId),
    sql('t.starts_at >= ? and t.starts_at <= ?', earliest, latest),
    sql('(t.ends_at > ? or t.starts_at >= ?)', from, from),
    ...ofCursor(slice.after, '>'),
    ...ofCursor(slice.before, '<'),
    ...place,
  );
  const orderBy = backwards ? 'starts_at desc, id desc' : 'starts_at, id';
  const page = visiblePage(visible, { keys: 't.starts_at, t.id', from: 'event t', where, orderBy, limit });
  return sql(
    `t.id = any(array(select id from (${page.sql}) as seen order by ${orderBy} limit ${limit}))`,
    ...page.params,
  );
}

/** Series of which some date may lie in the window. */
function recurring(visible: Visible, { from, to }: Stretch): Sql {
  const inSpan = 't.span_starts_at < ? and (t.span_ends_at is null or t.span_ends_at >= ?)';
  return all(sql('t.recurrence is not null'), sql(inSpan, new Date(to), new Date(from)), seenBy(visible));
}

/** What differs of the dates of these series in the window. */
async function changesOf(em: EntityManager, ids: readonly string[], { from, to: end }: Stretch) {
  const changed = new Map<string, ChangedDateRow[]>();
  if (ids.length === 0) return changed;
  const [early, to] = [new Date(from - LONGEST_MS), new Date(end)];
  const inWindow = sql(
    '(t.starts_at >= ? and t.starts_at < ? or t.recurrence_id >= ? and t.recurrence_id < ?)',
    ...[early, to, early, to],
  );
  for (const row of await readRows(em, ChangedDate, { where: [{ eventId: ids }, inWindow] })) {
    const known = changed.get(row.eventId);
    if (known) known.push(row);
    else changed.set(row.eventId, [row]);
  }
  return changed;
}

const isSingle = ({ recurrence }: EventRow) => recurrence === null;

const probe = ([startsAt, eventId, recurrenceId]: readonly CursorValue[]) =>
  ({ startsAt, eventId, recurrenceId }) as Occurrence;

/** Dates of these events that lie in the slice, in its order. */
export async function datesIn(
  { em, access, tenantId }: Pick<Context, 'em' | 'access' | 'tenantId'>,
  place: readonly Sql[],
  stretch: Stretch,
  slice: DateSlice,
): Promise<Occurrence[]> {
  const visible = seenEvents(await access.authorizer());
  const found = any(singlePage(tenantId, visible, stretch, slice, place), recurring(visible, stretch));
  const events = await readRows(em, Event, { where: [...place, found] });
  const [single, series] = [events.filter(isSingle), events.filter((event) => !isSingle(event))];
  const changed = await changesOf(
    em,
    series.map(({ id }) => id),
    stretch,
  );
  const { backwards, limit } = slice;
  const [after, before] = [slice.after && probe(slice.after), slice.before && probe(slice.before)];
  const edge = backwards ? before : after;
  const begin = edge?.startsAt.getTime() ?? (backwards ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
  const isBeyond = (each: Occurrence) => (!after || inOrder(each, after) > 0) && (!before || inOrder(each, before) < 0);
  const far = backwards ? after : before;
  const isPast = (each: Occurrence) => far !== null && inOrder(each, far) * (backwards ? -1 : 1) >= 0;
  single.sort((a, b) => (a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1)) * (backwards ? -1 : 1));
  return pageOfDates({ single, recurring: series, changed }, { stretch, begin, isBeyond, isPast, backwards, limit });
}

/** The dates of the events that the viewer sees, in the order of time, a page at a time. */
export async function calendar(
  ctx: Context,
  { scope, from, to, mine: own, ...args }: CalendarArgs,
): Promise<Connection<Occurrence>> {
  const stretch = stretchOf({ from, to });
  const place = [...(scope ? [lyingAtSql(scope)] : []), ...(own ? [await mine(ctx)] : [])];
  return paginate<Occurrence>({ list: 'calendar', args, order, fetch: (slice) => datesIn(ctx, place, stretch, slice) });
}

/** The dates of one event. */
export async function ofEvent(
  ctx: Context,
  event: EventRow,
  { from, to, ...args }: ConnectionArgs & { from?: Date | null; to?: Date | null },
): Promise<Connection<Occurrence>> {
  const begin = from ?? event.spanStartsAt;
  const end = to ?? new Date(Math.min(event.spanEndsAt?.getTime() ?? Number.POSITIVE_INFINITY, lateAfter(begin)) + 1);
  const stretch = stretchOf({ from: begin, to: end });
  const fetch = (slice: Slice) => datesIn(ctx, [sql('t.id = ?', event.id)], stretch, slice);
  return paginate<Occurrence>({ list: 'event.occurrences', args, order, fetch });
}

function lateAfter(begin: Date): number {
  const late = new Date(begin);
  late.setUTCFullYear(late.getUTCFullYear() + MAX_YEARS);
  return late.getTime() - 1;
}
