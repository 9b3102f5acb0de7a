import type { EntityManager } from '@mikro-orm/postgresql';
import { checked } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { ChangedDate } from '../event/changed-date.entity.ts';
import { hasDate } from '../event/event.dates.ts';
import type { Event } from '../event/event.entity.ts';
import { EventCancelled, noSuchDate } from '../event/event.errors.ts';
import { canEdit, mayAnswer } from '../event/event.policy.ts';
import { getForEdit, getLocked } from '../event/event.service.ts';
import { remindLater } from '../reminder/reminder.service.ts';
import { type Counted, Rsvp, seatsOf } from './rsvp.entity.ts';
import { NoRoom, RsvpClosed, TooManyAnswers } from './rsvp.errors.ts';
import { newRsvp } from './rsvp.input.ts';
import { nextPlace, recount, seatsTaken } from './tally.ts';
import { promote, somebodyWaits } from './waitlist.ts';

/** How many dates of one series somebody may answer for by themselves. */
const MAX_DATES = 500;
const MINUTE_MS = 60_000;

/** Which date is meant: null for the whole event, which is what an event of one date is. Throws InvalidInput for a date that it does not have. */
export function dateOf(event: Event, occurrence: Date | null | undefined): Date | null {
  if (!occurrence) return null;
  if (!hasDate(event, occurrence)) throw noSuchDate();
  return event.recurrence ? occurrence : null;
}

/** Throws where answers are not taken: before it is published, after it was called off, and after the deadline. */
async function mustBeOpen(tx: EntityManager, event: Event, occurrence: Date | null, now: Date): Promise<void> {
  const changed = occurrence && (await tx.findOne(ChangedDate, { eventId: event.id, recurrenceId: occurrence }));
  if (event.status === 'CANCELLED' || changed?.cancelledAt) throw new EventCancelled();
  if (event.status === 'DRAFT') throw new RsvpClosed();
  const isWhole = !occurrence && event.recurrence;
  const start = changed?.startsAt ?? occurrence ?? event.startsAt;
  const end = isWhole ? event.spanEndsAt : (changed?.endsAt ?? new Date(start.getTime() + event.lasts()));
  const closes = event.rsvpClosesMinutes;
  const until = isWhole || closes == null ? end : new Date(start.getTime() - closes * MINUTE_MS);
  if (until && now > until) throw new RsvpClosed();
}

interface Wanted {
  status: Counted['status'];
  guests: number;
  awaitsApproval: boolean;
  place: number | null;
}

/** What an answer becomes: who wants to come waits for approval, or for room behind those who came before. */
async function decided(
  tx: EntityManager,
  event: Event,
  { occurrence, known, now }: { occurrence: Date | null; known: Rsvp | null; now: Date },
  { wanted, guests, mayDecide }: { wanted: Counted['status']; guests: number; mayDecide: boolean },
): Promise<Wanted> {
  if (wanted !== 'GOING') return { status: wanted, guests: 0, awaitsApproval: false, place: null };
  const isGoing = known?.status === 'GOING';
  if (event.needsApproval && !mayDecide && !isGoing) {
    const place = known?.place ?? (await nextPlace(tx, event));
    return {
      status: 'WAITLISTED',
      guests,
      awaitsApproval: known?.status !== 'WAITLISTED' || known.awaitsApproval,
      place,
    };
  }
  const own = seatsOf(known && { status: known.status, guests: known.guests });
  const counting = { event, occurrence };
  const room =
    event.capacity == null ? Number.POSITIVE_INFINITY : event.capacity - (await seatsTaken(tx, counting, now)) + own;
  const fits = 1 + guests <= room;
  if (isGoing && !fits && 1 + guests > own) throw new NoRoom();
  if (isGoing || (fits && (event.capacity == null || !(await somebodyWaits(tx, counting)))))
    return { status: 'GOING', guests, awaitsApproval: false, place: null };
  // Whoever asks for more places goes to the end.
  const place = known?.place != null && guests <= known.guests ? known.place : await nextPlace(tx, event);
  return { status: 'WAITLISTED', guests, awaitsApproval: false, place };
}

function checkAnswers(event: Event, { guests, answers }: { guests: number; answers: readonly string[] | null }): void {
  if (guests > event.guestLimit) throw new InvalidInput({ guests: `must be at most ${event.guestLimit}` });
  if (answers && answers.length > event.questions.length)
    throw new InvalidInput({ answers: 'are more than the questions' });
}

async function remember(tx: EntityManager, ctx: Context, event: Event, occurrence: Date | null): Promise<Rsvp> {
  const mine = { eventId: event.id, userId: ctx.viewer.id as string };
  if (occurrence && (await tx.count(Rsvp, { ...mine, occurrence: { $ne: null } })) >= MAX_DATES)
    throw new TooManyAnswers();
  const empty = {
    status: 'INTERESTED' as const,
    guests: 0,
    answers: [],
    awaitsApproval: false,
    changedAt: ctx.clock.now(),
  };
  return tx.create(Rsvp, { id: uuidv7(), tenantId: event.tenantId, ...mine, occurrence, ...empty });
}

interface Answered {
  eventId: string;
  occurrence?: Date | null | undefined;
  input: z.input<typeof newRsvp>;
}

/** Whether an answer that is there says all of that already. */
const isSame = (known: Rsvp, next: Wanted, answers: readonly string[] | null): boolean =>
  known.acceptBy == null &&
  known.status === next.status &&
  known.guests === next.guests &&
  known.awaitsApproval === next.awaitsApproval &&
  (known.place ?? null) === next.place &&
  (answers === null || JSON.stringify(answers) === JSON.stringify(known.answers));

const countedAs = (rsvp: Rsvp | null): Counted | null => rsvp && { status: rsvp.status, guests: rsvp.guests };

/**
 * Answers to an event or to one date of it, changes the answer, or takes it back where it is null. Throws NotFound, Forbidden, InvalidInput,
 * EventCancelled, RsvpClosed, NoRoom, TooManyAnswers.
 */
export async function set(ctx: Context, { eventId, occurrence: given, input }: Answered): Promise<Event> {
  const authorizer = await ctx.access.authorizer();
  const { rsvp: wanted = null, guests, answers = null } = checked(newRsvp, input);
  return write(ctx, async (tx) => {
    const event = await getLocked(tx, authorizer, eventId);
    if (!mayAnswer(authorizer, event)) throw new Forbidden();
    const occurrence = dateOf(event, given);
    const [userId, now] = [ctx.viewer.id as string, ctx.clock.now()];
    await mustBeOpen(tx, event, occurrence, now);
    checkAnswers(event, { guests: guests ?? 0, answers });
    const known = await tx.findOne(Rsvp, { eventId, userId, occurrence });
    const whole = occurrence ? await tx.findOne(Rsvp, { eventId, userId, occurrence: null }) : null;
    const before = countedAs(known);
    if (!known && !wanted) return event;
    if (wanted) {
      const mayDecide = canEdit(authorizer.quiet, event);
      const next = await decided(
        tx,
        event,
        { occurrence, known, now },
        { wanted, guests: guests ?? known?.guests ?? 0, mayDecide },
      );
      // The same answer again is nothing new, unless a place that was offered is accepted by it.
      if (known && isSame(known, next, answers)) return event;
      const rsvp = known ?? (await remember(tx, ctx, event, occurrence));
      // Whoever answers again has accepted.
      rsvp.answer({ ...next, answers: answers ?? rsvp.answers, acceptBy: null }, now);
      await tx.flush();
      await recount(tx, { event, occurrence }, userId, { before, after: next, whole: countedAs(whole) });
      await tell(tx, ctx, event, { userId, occurrence, rsvp: next.status });
    } else {
      await tx.nativeDelete(Rsvp, { id: (known as Rsvp).id });
      await recount(tx, { event, occurrence }, userId, { before, after: null, whole: countedAs(whole) });
      await tell(tx, ctx, event, { userId, occurrence, rsvp: null });
    }
    if (mayFree(event, { before, whole: countedAs(whole), after: wanted ? countedAs(known) : null }))
      await promote(tx, ctx, event, occurrence);
    if (wanted) await remindLater(tx, ctx, event.id);
    return event;
  });
}

/** Whether somebody else may have room now: a place was left, or who waits behind came forward. */
function mayFree(
  event: Event,
  { before, whole, after }: Record<'before' | 'whole' | 'after', Counted | null>,
): boolean {
  if (event.capacity == null) return false;
  return before?.status === 'WAITLISTED' || Math.max(seatsOf(before), seatsOf(whole)) > seatsOf(after);
}

async function tell(
  tx: EntityManager,
  ctx: Context,
  event: Event,
  { userId, occurrence, rsvp }: { userId: string; occurrence: Date | null; rsvp: Counted['status'] | null },
): Promise<void> {
  const { communityId, teamId } = event.place();
  const data = { eventId: event.id, communityId, teamId, userId, occurrence: occurrence?.toISOString() ?? null, rsvp };
  await recordEvent(tx, ctx, 'events.rsvp.changed', { subject: event.id, data });
}

/** Lets somebody come who waits for approval, or turns them down. Needs what changing the event needs. */
export async function decide(
  ctx: Context,
  {
    eventId,
    userId,
    approve,
    occurrence: given,
  }: { eventId: string; userId: string; approve: boolean; occurrence?: Date | null | undefined },
): Promise<Event> {
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const event = await getForEdit(tx, authorizer, eventId);
    const occurrence = dateOf(event, given);
    const rsvp = isUuid(userId) ? await tx.findOne(Rsvp, { eventId, userId, occurrence }) : null;
    if (!rsvp) throw new NotFound('This answer');
    if (rsvp.status !== 'WAITLISTED' || !rsvp.awaitsApproval) return event;
    if (approve) rsvp.answer({ awaitsApproval: false }, ctx.clock.now());
    else {
      const before = countedAs(rsvp);
      const whole = occurrence ? await tx.findOne(Rsvp, { eventId, userId, occurrence: null }) : null;
      rsvp.answer({ status: 'NOT_GOING', guests: 0, awaitsApproval: false, place: null }, ctx.clock.now());
      await tx.flush();
      await recount(tx, { event, occurrence }, userId, { before, after: countedAs(rsvp), whole: countedAs(whole) });
      await tell(tx, ctx, event, { userId, occurrence, rsvp: 'NOT_GOING' });
    }
    await tx.flush();
    await promote(tx, ctx, event, occurrence);
    return event;
  });
}
