import { peopleShown } from '@polity/kernel/access/blocks';
import { never, type Sql, sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { type Loader, loaderBy } from '@polity/kernel/graph/loader';
import { newestFirst, oldestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import type { Context } from '../../context.ts';
import type { Occurrence } from '../calendar/occurrence.ts';
import { Event, type EventRow } from '../event/event.entity.ts';
import { canEdit } from '../event/event.policy.ts';
import { seenEvents } from '../event/event.visibility.ts';
import { Rsvp, type RsvpRow, type RsvpStatus } from './rsvp.entity.ts';

/** Numbers of an event or of one date of it, and what the viewer answered. */
export interface AnswerFacts {
  key: string;
  interested: number;
  going: number;
  notGoing: number;
  waitlisted: number;
  guests: number;
  mine: RsvpStatus | null;
}

/** Names what is asked about: an event, and the original start of one date of it. */
export const factsKey = (eventId: string, occurrence: Date | null): string =>
  `${eventId} ${occurrence?.toISOString() ?? 'NULL'}`;

const ON_DATE = (name: string) => `coalesce(w.${name}, 0) - coalesce(d.off_${name}, 0) + coalesce(d.${name}, 0)`;
const FACTS = `select k.key, ${ON_DATE('interested')} as interested, ${ON_DATE('going')} as going, ${ON_DATE('not_going')} as "notGoing",
    ${ON_DATE('waitlisted')} as waitlisted, ${ON_DATE('seats')} - (${ON_DATE('going')}) as guests, coalesce(own.status, mine.status) as mine
  from unnest(?::text[], ?::uuid[], ?::timestamptz[]) as k(key, event_id, occurrence)
  left join tally w on w.event_id = k.event_id and w.occurrence is null and w.tenant_id = ?
  left join tally d on d.event_id = k.event_id and d.occurrence = k.occurrence and d.tenant_id = ?
  left join rsvp mine on mine.event_id = k.event_id and mine.occurrence is null and mine.user_id = ?::uuid and mine.tenant_id = ?
  left join rsvp own on own.event_id = k.event_id and own.occurrence = k.occurrence and own.user_id = ?::uuid and own.tenant_id = ?`;

const array = (values: readonly string[]) =>
  `{${values.map((value) => (value === 'NULL' ? value : `"${value}"`)).join(',')}}`;

/** Numbers and own answers of many dates in one statement. */
export function factsLoader({ em, tenantId, viewer }: BaseContext): Loader<string, AnswerFacts | null> {
  const userId = viewer.kind === 'user' ? viewer.id : null;
  const fetch = (keys: readonly string[]) => {
    const named = keys.map((key) => key.split(' ') as [string, string]);
    const [events, dates] = [named.map(([eventId]) => eventId), named.map(([, date]) => date)];
    const asked = [array(keys), array(events), array(dates)];
    return em.execute<AnswerFacts[]>(FACTS, [...asked, tenantId, tenantId, userId, tenantId, userId, tenantId]);
  };
  return loaderBy(fetch, ({ key }) => key);
}

const NONE = { interested: 0, going: 0, notGoing: 0, waitlisted: 0, guests: 0, mine: null };

export const ofWhole = async (ctx: Context, { id }: EventRow): Promise<typeof NONE | AnswerFacts> =>
  (await ctx.loaders.facts.load(factsKey(id, null))) ?? NONE;

export const ofDate = async (ctx: Context, { event, recurrenceId }: Occurrence): Promise<typeof NONE | AnswerFacts> =>
  (await ctx.loaders.facts.load(factsKey(event.id, event.recurrence ? recurrenceId : null))) ?? NONE;

interface AttendeeArgs extends ConnectionArgs {
  rsvp?: RsvpStatus | null;
  occurrence?: Date | null;
}

/** Answers that count on a date: those for it, and those to the whole of people who did not answer for it. */
function countingOn(event: EventRow, occurrence: Date | null | undefined): Sql {
  if (!occurrence || !event.recurrence) return sql('t.occurrence is null');
  const answeredApart = `exists (select 1 from rsvp own where own.event_id = t.event_id and own.user_id = t.user_id
    and own.tenant_id = t.tenant_id and own.occurrence = ?)`;
  return sql(`(t.occurrence = ? or t.occurrence is null and not ${answeredApart})`, occurrence, occurrence);
}

/** Which answers the viewer may read: their own, and others' as the event says; who does not come, or waits, is told to organizers only. */
async function shownTo(ctx: Context, event: EventRow, occurrence: Date | null): Promise<Sql | null> {
  const authorizer = await ctx.access.authorizer();
  if (canEdit(authorizer.quiet, event)) return null;
  const { viewer } = ctx;
  if (viewer.kind !== 'user') return never;
  const { mine } = (await ctx.loaders.facts.load(factsKey(event.id, occurrence))) ?? NONE;
  const seesOthers = event.attendeesShownTo === 'EVERYONE' || (event.attendeesShownTo === 'GOING' && mine === 'GOING');
  if (!seesOthers) return sql('t.user_id = ?', viewer.id);
  return sql(`(t.status in ('GOING', 'INTERESTED') or t.user_id = ?)`, viewer.id);
}

export async function attendees(
  ctx: Context,
  event: EventRow,
  { rsvp, occurrence, ...args }: AttendeeArgs,
): Promise<Connection<RsvpRow>> {
  const date = event.recurrence ? (occurrence ?? null) : null;
  const [shown, authorizer] = [await shownTo(ctx, event, date), await ctx.access.authorizer()];
  const people = peopleShown(authorizer, 't.user_id', shown === null);
  const where = [countingOn(event, date), people, ...(rsvp ? [{ status: rsvp }] : []), ...(shown ? [shown] : [])];
  const list = { list: 'event.attendees', entity: Rsvp, parent: 't.event_id', where, order: oldestFirst };
  return ctx.loaders.pages(list, event.id, args);
}

/** Events that somebody organizes or means to come to, for themselves only; an empty list for all others. */
export async function eventsOf(ctx: Context, userId: string, args: ConnectionArgs): Promise<Connection<EventRow>> {
  const visible = seenEvents(await ctx.access.authorizer());
  const coming = `select event_id from rsvp where user_id = ? and tenant_id = ? and status <> 'NOT_GOING'`;
  const beside = 'select event_id from event_organizer where user_id = ? and tenant_id = ?';
  const isSelf = ctx.viewer.kind === 'user' && ctx.viewer.id === userId;
  const where = isSelf
    ? sql(
        `(t.organizer_id = ? or t.author_id = ? or t.id in (${beside}) or t.id in (${coming}))`,
        userId,
        userId,
        userId,
        ctx.tenantId,
        userId,
        ctx.tenantId,
      )
    : never;
  return pageOf(ctx.em, Event, { list: 'user.events', args, order: newestFirst, where, visible });
}

/** Whether the viewer may read what somebody answered to the questions. */
export async function seesAnswers(ctx: Context, rsvp: RsvpRow): Promise<boolean> {
  if (rsvp.userId === ctx.viewer.id) return true;
  const event = await ctx.loaders.eventById.load(rsvp.eventId);
  return event !== null && canEdit((await ctx.access.authorizer()).quiet, event);
}
