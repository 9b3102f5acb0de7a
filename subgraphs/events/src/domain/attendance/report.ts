import { getPlace } from '@polity/kernel/access/place';
import { visiblePlaced } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { seenBy } from '@polity/kernel/db/branches';
import { all, type Sql, sql } from '@polity/kernel/db/sql';
import { type Connection, type ConnectionArgs, paginate, type Slice } from '@polity/kernel/graph/connection';
import type { Order } from '@polity/kernel/graph/cursor';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { codes } from '../event/event.policy.ts';
import { lyingAtSql } from '../scope.ts';

/** What a report is about: the events exactly at a scope, and those of their dates that begin in a time. */
export interface AttendanceReport {
  scope: ScopeRef;
  from: Date | null;
  to: Date | null;
}

/** How often somebody was there. */
export interface PersonAttendance {
  userId: string;
  events: number;
  attended: number;
  absent: number;
  lastAttendedAt: Date | string | null;
}

interface Asked {
  scope: ScopeRef;
  from?: Date | null;
  to?: Date | null;
}

/** Rows of one CSV. */
const MAX_ROWS = 10_000;

/** The report of a scope, for who may mark attendance there. Throws NotFound for a scope that is hidden or missing, Forbidden, InvalidInput. */
export async function reportOf(ctx: Context, { scope, from = null, to = null }: Asked): Promise<AttendanceReport> {
  await getPlace(ctx.access, scope, codes);
  if (!(await ctx.access.authorizer()).may('events.attendance.mark', scope)) throw new Forbidden();
  if (from && to && to < from) throw new InvalidInput({ to: 'must not lie before from' });
  return { scope, from, to };
}

// A date is where the rule gives it; one that was moved counts where it was.
const AT = 'coalesce(a.occurrence, t.starts_at)';
const PEOPLE = `select a.user_id as "userId", count(*) filter (where a.present)::int as attended, count(*) filter (where not a.present)::int as absent,
    count(distinct a.event_id) filter (where a.present)::int as events, max(${AT}) filter (where a.present) as "lastAttendedAt"
  from attendance a join event t on t.id = a.event_id and t.tenant_id = a.tenant_id`;

const order: Order = [{ column: 'userId', direction: 'asc', type: 'uuid', sql: 'a.user_id' }];

const asText = (value: unknown) => (Array.isArray(value) ? `{${value.join(',')}}` : value);

async function people(
  ctx: Context,
  { scope, from, to }: AttendanceReport,
  page: Sql,
  orderSql: string,
  limit: number,
): Promise<PersonAttendance[]> {
  const seen = seenBy(visiblePlaced(await ctx.access.authorizer(), codes));
  const where = all(
    sql('a.tenant_id = ?', ctx.tenantId),
    lyingAtSql(scope),
    seen,
    ...(from ? [sql(`${AT} >= ?`, from)] : []),
    ...(to ? [sql(`${AT} < ?`, to)] : []),
    page,
  );
  const statement = `${PEOPLE} where ${where.sql} group by a.user_id order by ${orderSql} limit ${limit}`;
  return ctx.em.execute<PersonAttendance[]>(statement, where.params.map(asText));
}

/** Those who were marked, in the order of their ids. */
export function peopleOf(
  ctx: Context,
  report: AttendanceReport,
  args: ConnectionArgs,
): Promise<Connection<PersonAttendance>> {
  const fetch = ({ limit, orderSql, ...slice }: Slice) => {
    const { sql: text, params } = slice.where();
    return people(ctx, report, sql(text, ...params), orderSql, limit);
  };
  return paginate<PersonAttendance>({ list: 'attendanceReport.people', args, order, fetch });
}

const timeText = (at: Date | string | null): string => (at === null ? '' : new Date(at).toISOString());

/** The same as CSV by RFC 4180. */
export async function csvOf(ctx: Context, report: AttendanceReport): Promise<string> {
  const rows = await people(ctx, report, sql('true'), 'a.user_id', MAX_ROWS);
  const lines = rows.map(({ userId, events, attended, absent, lastAttendedAt }) =>
    [userId, events, attended, absent, timeText(lastAttendedAt)].join(','),
  );
  return ['user_id,events,attended,absent,last_attended_at', ...lines, ''].join('\r\n');
}
