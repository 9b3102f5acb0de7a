import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { write } from '@polity/kernel/domain/write';
import { Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { ChangedDate } from '../event/changed-date.entity.ts';
import type { Event } from '../event/event.entity.ts';
import { EventCancelled } from '../event/event.errors.ts';
import { mayAnswer, mayMark } from '../event/event.policy.ts';
import { getLocked } from '../event/event.service.ts';
import { dateOf } from '../rsvp/rsvp.service.ts';
import { recountAttendance } from '../rsvp/tally.ts';
import { Attendance } from './attendance.entity.ts';
import { CheckInClosed, wrongCode } from './attendance.errors.ts';
import { isCode } from './check-in.ts';

/** How long before the start of a date one may check in. */
const EARLY_MS = 30 * 60_000;

interface Marking {
  eventId: string;
  occurrence?: Date | null | undefined;
}

type Method = Attendance['method'];

/** What a code is for. */
export const subjectOf = (eventId: string, occurrence: Date | null): string =>
  `${eventId} ${occurrence?.getTime() ?? ''}`;

/** The date that is marked; of a series it must be named. Throws InvalidInput. */
function markedDate(event: Event, { occurrence }: Marking): Date | null {
  if (event.recurrence && !occurrence) throw new InvalidInput({ occurrence: 'is needed for a series' });
  return dateOf(event, occurrence);
}

/** Throws CheckInClosed outside of the time in which one may check in by oneself. */
async function mustTakePlace(tx: EntityManager, event: Event, occurrence: Date | null, now: Date): Promise<void> {
  const changed = occurrence && (await tx.findOne(ChangedDate, { eventId: event.id, recurrenceId: occurrence }));
  if (event.status === 'CANCELLED' || changed?.cancelledAt) throw new EventCancelled();
  const start = changed?.startsAt ?? occurrence ?? event.startsAt;
  const end = changed?.endsAt ?? new Date(start.getTime() + event.lasts());
  if (event.status === 'DRAFT' || now.getTime() < start.getTime() - EARLY_MS || now > end) throw new CheckInClosed();
}

async function put(
  tx: EntityManager,
  ctx: Context,
  event: Event,
  {
    userId,
    occurrence,
    present,
    method,
  }: { userId: string; occurrence: Date | null; present: boolean; method: Method },
): Promise<Attendance> {
  const { id: eventId, tenantId } = event;
  const [markedBy, markedAt] = [ctx.viewer.id as string, ctx.clock.now()];
  const known = await tx.findOne(Attendance, { eventId, userId, occurrence });
  if (known?.present === present) return known;
  await recountAttendance(tx, { event, occurrence }, known?.present ?? null, present);
  const given = { present, method, markedBy };
  known?.mark(given, markedAt);
  const row =
    known ?? tx.create(Attendance, { id: uuidv7(), tenantId, eventId, userId, occurrence, ...given, markedAt });
  const { communityId, teamId } = event.place();
  const data = { eventId, communityId, teamId, userId, occurrence: occurrence?.toISOString() ?? null, present, method };
  await recordEvent(tx, ctx, 'events.attendance.marked', { subject: eventId, data });
  return row;
}

/** Somebody else who is marked must be able to come. Throws NotFound. */
async function mustBeAbleToCome(authorizer: Authorizer | null, event: Event): Promise<void> {
  if (!authorizer || !mayAnswer(authorizer.quiet, event)) throw new NotFound('This person');
}

/**
 * Marks whether somebody is there: organizers mark anybody at any time, people themselves where the event lets them and while it takes place.
 * Throws NotFound, Forbidden, InvalidInput, CheckInClosed, EventCancelled.
 */
export async function mark(
  ctx: Context,
  { userId, present, ...marking }: Marking & { userId: string; present: boolean },
): Promise<Attendance> {
  const authorizer = await ctx.access.authorizer();
  const isSelf = userId === ctx.viewer.id;
  // Access is asked before the transaction opens.
  const theirs = isUuid(userId) ? await ctx.accessOf(userId).authorizer() : null;
  return write(ctx, async (tx) => {
    const event = await getLocked(tx, authorizer, marking.eventId);
    const organizes = mayMark(authorizer, event);
    if (!organizes && !(isSelf && event.selfCheckIn && mayAnswer(authorizer, event))) throw new Forbidden();
    const occurrence = markedDate(event, marking);
    if (!organizes) await mustTakePlace(tx, event, occurrence, ctx.clock.now());
    await mustBeAbleToCome(theirs, event);
    return put(tx, ctx, event, { userId, occurrence, present, method: organizes ? 'ORGANIZER' : 'SELF' });
  });
}

/** Marks the viewer as there, by the code that is shown on site. Throws NotFound, Forbidden, InvalidInput, CheckInClosed, EventCancelled. */
export async function checkIn(ctx: Context, { code, ...marking }: Marking & { code: string }): Promise<Attendance> {
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const event = await getLocked(tx, authorizer, marking.eventId);
    if (!mayAnswer(authorizer, event)) throw new Forbidden();
    const occurrence = markedDate(event, marking);
    await mustTakePlace(tx, event, occurrence, ctx.clock.now());
    const subject = subjectOf(event.id, occurrence);
    if (!isCode(ctx.ports.checkInKey, subject, code, ctx.clock.nowMs())) throw wrongCode();
    const userId = ctx.viewer.id as string;
    return put(tx, ctx, event, { userId, occurrence, present: true, method: 'CODE' });
  });
}
