import { peopleShown } from '@polity/kernel/access/blocks';
import { readRows } from '@polity/kernel/db/rows';
import { never, type Sql, sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { type Loader, loaderBy } from '@polity/kernel/graph/loader';
import { newestFirst, oldestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { renderSVG } from 'uqr';
import type { Context } from '../../context.ts';
import { hasDate } from '../event/event.dates.ts';
import type { EventRow } from '../event/event.entity.ts';
import { noSuchDate } from '../event/event.errors.ts';
import { mayMark } from '../event/event.policy.ts';
import { Attendance, type AttendanceRow } from './attendance.entity.ts';
import { subjectOf } from './attendance.service.ts';
import { type CheckInCode, codeAt } from './check-in.ts';

interface OfDate {
  occurrence?: Date | null;
}

const mayMarkQuietly = async (ctx: Context, event: EventRow): Promise<boolean> =>
  mayMark((await ctx.access.authorizer()).quiet, event);

/** What the viewer may read of it: all of it who may mark, all others what is theirs. */
async function shown(ctx: Context, event: EventRow): Promise<Sql[]> {
  if (await mayMarkQuietly(ctx, event)) return [peopleShown(await ctx.access.authorizer(), 't.user_id', true)];
  return [ctx.viewer.kind === 'user' ? sql('t.user_id = ?', ctx.viewer.id) : never];
}

export async function ofEvent(
  ctx: Context,
  event: EventRow,
  { occurrence, ...args }: ConnectionArgs & OfDate,
): Promise<Connection<AttendanceRow>> {
  const where = [...(await shown(ctx, event)), ...(occurrence && event.recurrence ? [{ occurrence }] : [])];
  const list = { list: 'event.attendance', entity: Attendance, parent: 't.event_id', where, order: oldestFirst };
  return ctx.loaders.pages(list, event.id, args);
}

/** Where somebody was, for themselves only; an empty list for all others. */
export function ofUser(ctx: Context, userId: string, args: ConnectionArgs): Promise<Connection<AttendanceRow>> {
  const isSelf = ctx.viewer.kind === 'user' && ctx.viewer.id === userId;
  const where = isSelf ? sql('t.user_id = ?', userId) : never;
  return pageOf(ctx.em, Attendance, { list: 'user.attendance', args, order: newestFirst, where });
}

/** A code with what cameras read. */
interface ShownCode extends CheckInCode {
  uri: string;
  qrSvg: string;
}

/** The code to be shown on site, for who may mark attendance; null for all others. Throws InvalidInput for a date that the event does not have. */
export async function codeFor(ctx: Context, event: EventRow, { occurrence }: OfDate): Promise<ShownCode | null> {
  if (!(await mayMarkQuietly(ctx, event))) return null;
  if (occurrence && !hasDate(event, occurrence)) throw noSuchDate();
  const date = event.recurrence ? (occurrence ?? null) : null;
  const shown = codeAt(ctx.ports.checkInKey, subjectOf(event.id, date), ctx.clock.nowMs());
  const given = new URLSearchParams({
    event: event.id,
    ...(date && { occurrence: date.toISOString() }),
    code: shown.code,
  });
  const uri = `polity:check-in?${given}`;
  return { ...shown, uri, qrSvg: renderSVG(uri) };
}

const MAX_ROWS = 10_000;

/** Everybody who was marked, as CSV by RFC 4180, for who may mark attendance; null for all others. */
export async function asCsv(ctx: Context, event: EventRow): Promise<string | null> {
  if (!(await mayMarkQuietly(ctx, event))) return null;
  const order = [{ column: 't.id', direction: 'asc' as const }];
  const rows = await readRows(ctx.em, Attendance, { where: [{ eventId: event.id }], order, limit: MAX_ROWS });
  const lines = rows.map(({ userId, occurrence, present, method, markedAt }) =>
    [
      userId,
      (occurrence ?? event.startsAt).toISOString(),
      present ? 'present' : 'absent',
      method,
      markedAt.toISOString(),
    ].join(','),
  );
  return ['user_id,date,attendance,method,marked_at', ...lines, ''].join('\r\n');
}

/** Numbers of a whole event, over all its dates. */
export interface EventStats {
  key: string;
  answers: number;
  going: number;
  interested: number;
  waitlisted: number;
  attended: number;
  absent: number;
  datesMarked: number;
}

// What was counted with each answer and each mark; `reconcile` holds it to the rows that it is the sum of.
const STATS = `select k.id::text as key, coalesce(sum(t.going + t.interested + t.not_going + t.waitlisted), 0)::int as answers,
    coalesce(sum(t.going), 0)::int as going, coalesce(sum(t.interested), 0)::int as interested, coalesce(sum(t.waitlisted), 0)::int as waitlisted,
    coalesce(sum(t.attended), 0)::int as attended, coalesce(sum(t.absent), 0)::int as absent,
    count(*) filter (where t.attended + t.absent > 0)::int as "datesMarked"
  from unnest(?::uuid[]) as k(id) left join tally t on t.event_id = k.id and t.tenant_id = ? group by k.id`;

export function statsLoader({ em, tenantId }: BaseContext): Loader<string, EventStats | null> {
  return loaderBy(
    (ids: readonly string[]) => em.execute<EventStats[]>(STATS, [`{${ids.join(',')}}`, tenantId]),
    ({ key }) => key,
  );
}

/** For who may mark attendance; null for all others. */
export const statsOf = async (ctx: Context, event: EventRow): Promise<EventStats | null> =>
  (await mayMarkQuietly(ctx, event)) ? ctx.loaders.stats.load(event.id) : null;
