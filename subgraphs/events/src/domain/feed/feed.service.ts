import { createHash } from 'node:crypto';
import { isSuspended } from '@polity/kernel/access/set';
import { holdsBindingAt } from '@polity/kernel/access/visibility';
import { seenBy } from '@polity/kernel/db/branches';
import { reading } from '@polity/kernel/db/orm';
import { readRows } from '@polity/kernel/db/rows';
import { sql } from '@polity/kernel/db/sql';
import { write } from '@polity/kernel/domain/write';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { ChangedDate } from '../event/changed-date.entity.ts';
import { Event, type EventRow } from '../event/event.entity.ts';
import { canEdit } from '../event/event.policy.ts';
import { seenEvents } from '../event/event.visibility.ts';
import { type Written, writeCalendar } from '../ics/write.ts';
import { Reminder } from '../reminder/reminder.entity.ts';
import { DEFAULT_MINUTES } from '../reminder/reminder.service.ts';
import { Rsvp } from '../rsvp/rsvp.entity.ts';
import { type FeedOwner, secretOf } from './feed-secret.ts';

const DAY_MS = 86_400_000;
const PAST_DAYS = 90;
const MAX_EVENTS = 2_000;

const addressOf = ({ ports, tenantId, viewer }: Context, generation: number): string =>
  `${ports.publicUrl}/calendar/${secretOf(ports.feedKey, { tenantId, userId: viewer.id as string, generation })}.ics`;

async function generationOf({ em, tenantId }: Pick<Context, 'em' | 'tenantId'>, userId: string): Promise<number> {
  const [row] = await em.execute<{ generation: number }[]>(
    'select generation from calendar_feed where user_id = ? and tenant_id = ?',
    [userId, tenantId],
  );
  return row?.generation ?? 0;
}

/** Address of the viewer's own calendar. */
export const address = async (ctx: Context): Promise<string> =>
  addressOf(ctx, await generationOf(ctx, ctx.viewer.id as string));

/** Another address; the one before shows nothing any more. */
export async function rotate(ctx: Context): Promise<string> {
  const userId = ctx.viewer.id as string;
  const generation = await write(ctx, async (tx) => {
    const [row] = await tx.execute<[{ generation: number }]>(
      `insert into calendar_feed as known (id, created_at, tenant_id, user_id, generation) values (?, ?, ?, ?, 1)
       on conflict on constraint calendar_feed_unique do update set generation = known.generation + 1 returning generation`,
      [uuidv7(), ctx.clock.now(), ctx.tenantId, userId],
    );
    return row.generation;
  });
  return addressOf(ctx, generation);
}

/** Whether the person still belongs to the tenant, and is not suspended. */
async function mayRead({ access, clock, tenantId }: Context): Promise<boolean> {
  const set = await access.set();
  return !isSuspended(set, clock.nowMs()) && holdsBindingAt(set, tenantId, clock.nowMs());
}

/**
 * How often the address was changed, and a value that is new whenever anything of the calendar may be: events are counted too, since they are numbered
 * before they are committed. In one statement, as most who ask have the calendar already.
 */
const STATE = `select coalesce((select generation from calendar_feed where tenant_id = ? and user_id = ?), 0) as generation,
  coalesce(max(id), 0)::text || '.' || (select count(*) from outbox where id > (select max(id) from outbox) - 500)::text || '.' ||
  (select coalesce(md5(string_agg(concat(event_id, ' ', minutes), ',' order by id)), '') from reminder where tenant_id = ? and user_id = ?) as mark from outbox`;

interface State {
  generation: number;
  mark: string;
}

async function stateOf(ctx: Context, { tenantId, userId }: FeedOwner): Promise<State> {
  const [state] = await ctx.em.execute<[State]>(STATE, [tenantId, userId, tenantId, userId]);
  return state;
}

async function tagOf(ctx: Context, owner: FeedOwner, mark: string): Promise<string> {
  const { stamp } = await ctx.access.set();
  const day = Math.floor(ctx.clock.nowMs() / DAY_MS);
  const parts = [owner.tenantId, owner.userId, owner.generation, stamp, mark, day].join(' ');
  return `"${createHash('sha256').update(parts).digest('base64url').slice(0, 27)}"`;
}

/** Single dates whose answers one calendar shows, the next ones. */
const MAX_ANSWERED_DATES = 1_000;

/** What somebody answered to these events: to the whole of them, and to dates from an instant on. */
async function ownAnswers({ em }: Context, userId: string, eventId: readonly string[], since: Date | null) {
  if (eventId.length === 0) return [];
  const mine = { eventId: [...eventId], userId };
  const dates = since ? sql('t.occurrence >= ?', since) : sql('t.occurrence is not null');
  const order = [{ column: 't.occurrence', direction: 'asc' as const }];
  return [
    ...(await readRows(em, Rsvp, { where: [mine, sql('t.occurrence is null')] })),
    ...(await readRows(em, Rsvp, { where: [mine, dates], order, limit: MAX_ANSWERED_DATES })),
  ];
}

/** How long before the dates of each event somebody is reminded, in minutes. */
async function alarmsOf({ em }: Context, userId: string | null): Promise<(eventId: string) => number | null> {
  const order = [{ column: 't.id', direction: 'asc' as const }];
  const rows = userId ? await readRows(em, Reminder, { where: [{ userId }], order, limit: MAX_EVENTS }) : [];
  const chosen = new Map(rows.map(({ eventId, minutes }) => [eventId ?? null, minutes ?? null]));
  const every = chosen.has(null) ? (chosen.get(null) as number | null) : DEFAULT_MINUTES;
  return (eventId) => (chosen.has(eventId) ? (chosen.get(eventId) as number | null) : every);
}

/** Events as a person's calendar shows them; answers to dates before `since` are left out. */
async function writtenFor(ctx: Context, events: readonly EventRow[], since: Date | null = null): Promise<Written[]> {
  const { em, viewer } = ctx;
  const authorizer = (await ctx.access.authorizer()).quiet;
  const userId = viewer.kind === 'user' ? viewer.id : null;
  const ids = events.map(({ id }) => id);
  const series = events.filter(({ recurrence }) => recurrence).map(({ id }) => id);
  const changed = series.length > 0 ? await readRows(em, ChangedDate, { where: [{ eventId: series }] }) : [];
  const own = userId ? await ownAnswers(ctx, userId, ids, since) : [];
  const alarmFor = await alarmsOf(ctx, userId);
  const byEvent = Map.groupBy(changed, ({ eventId }) => eventId);
  const answers = Map.groupBy(own, ({ eventId }) => eventId);
  return events.map((event) => {
    const mine = answers.get(event.id) ?? [];
    const answer = mine.find(({ occurrence }) => occurrence === null)?.status ?? null;
    const onDates = mine.flatMap(({ occurrence, status }) =>
      occurrence ? [[occurrence.getTime(), status] as const] : [],
    );
    const organizes = canEdit(authorizer, event);
    const link = organizes || answer === 'GOING';
    const byDate = new Map<number, string>(onDates);
    // A date may have a link of its own, for those who come on that date.
    const linkOn = (at: Date) => organizes || (byDate.get(at.getTime()) ?? answer) === 'GOING';
    const own = { answer, answers: byDate, alarm: alarmFor(event.id), userId };
    return { event, changed: byEvent.get(event.id) ?? [], link, linkOn, ...own };
  });
}

/** What somebody's calendar shows: what they see in the graph at this moment, from ninety days ago on, without drafts. */
async function contentFor(ctx: Context): Promise<string> {
  const visible = seenEvents(await ctx.access.authorizer());
  const since = new Date(ctx.clock.nowMs() - PAST_DAYS * DAY_MS);
  const shown = sql(`t.status <> 'DRAFT' and (t.span_ends_at is null or t.span_ends_at >= ?)`, since);
  const order = [
    { column: 't.span_starts_at', direction: 'desc' as const },
    { column: 't.id', direction: 'desc' as const },
  ];
  const events = await readRows(ctx.em, Event, { where: [shown, seenBy(visible)], order, limit: MAX_EVENTS });
  return writeCalendar(await writtenFor(ctx, events, since));
}

/** What a request for a calendar is answered: nothing for who may not read it, no body for who has it already. */
export async function feed(
  ctx: Context,
  owner: FeedOwner,
  knows: (tag: string) => boolean,
): Promise<{ tag: string; body: string | null } | null> {
  if (!(await mayRead(ctx))) return null;
  return reading(ctx.em, async () => {
    const { generation, mark } = await stateOf(ctx, owner);
    if (generation !== owner.generation) return null;
    const tag = await tagOf(ctx, owner, mark);
    return { tag, body: knows(tag) ? null : await contentFor(ctx) };
  });
}

/** One event as a calendar file, as the viewer sees it. */
export const fileOf = async (ctx: Context, event: EventRow): Promise<string> =>
  writeCalendar(await writtenFor(ctx, [event]));
