import type { EntityManager } from '@mikro-orm/postgresql';
import { enqueueJob } from '@polity/kernel/jobs/enqueue';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import type { Event } from '../event/event.entity.ts';
import { Rsvp, seatsOf } from './rsvp.entity.ts';
import { type Counting, recount, seatsTaken } from './tally.ts';

/** Name of the job that gives back places which nobody accepted. */
export const RELEASE = 'release-places';
const MINUTE_MS = 60_000;

/** What letting people in takes of a request, or of a job. */
export type Promoting = Pick<Context, 'clock' | 'cause'>;

/** How many waiting people one act lets in at most; whoever is left comes with the next. */
const MAX_PROMOTED = 200;

/** Who waits, in the order in which they came; those who an organizer has to approve wait apart. */
const waiting = (tx: EntityManager, { event, occurrence }: Counting, limit: number): Promise<Rsvp[]> =>
  tx.find(
    Rsvp,
    { eventId: event.id, occurrence, status: 'WAITLISTED', awaitsApproval: false },
    { orderBy: { place: 'asc' }, limit },
  ) as Promise<Rsvp[]>;

export const somebodyWaits = async (tx: EntityManager, counting: Counting): Promise<boolean> =>
  (await waiting(tx, counting, 1)).length > 0;

const FIRST = 'select min(accept_by) as at from rsvp where tenant_id = ? and event_id = ? and accept_by is not null';

/** Has places given back once the first of those who were let in should have accepted. */
export async function releaseLater(tx: EntityManager, { id, tenantId }: Event): Promise<void> {
  await tx.flush();
  const [row] = await tx.execute<[{ at: Date | string | null }]>(FIRST, [tenantId, id]);
  if (row.at) await enqueueJob(tx, { job: RELEASE, key: id, tenantId, at: new Date(row.at) });
}

/** Lets in who waited longest, as far as there is room: whoever needs more than there is holds up all behind them. */
async function promoteAt(tx: EntityManager, ctx: Promoting, event: Event, occurrence: Date | null): Promise<void> {
  const counting = { event, occurrence };
  const now = ctx.clock.now();
  let taken = await seatsTaken(tx, counting, now);
  for (const rsvp of await waiting(tx, counting, MAX_PROMOTED)) {
    const after = { status: 'GOING' as const, guests: rsvp.guests };
    if (event.capacity != null && taken + seatsOf(after) > event.capacity) return;
    taken += seatsOf(after);
    const before = { status: rsvp.status, guests: rsvp.guests };
    const whole = occurrence
      ? await tx.findOne(Rsvp, { eventId: event.id, userId: rsvp.userId, occurrence: null })
      : null;
    const acceptBy = event.acceptMinutes == null ? null : new Date(now.getTime() + event.acceptMinutes * MINUTE_MS);
    rsvp.answer({ status: 'GOING', place: null, acceptBy }, now);
    await tx.flush();
    await recount(tx, counting, rsvp.userId, { before, after, whole });
    const data = { eventId: event.id, userId: rsvp.userId, occurrence: occurrence?.toISOString() ?? null };
    await recordEvent(tx, ctx, 'events.waitlist.promoted', { subject: event.id, data });
  }
}

/** Lets people in wherever room may have come: first who waits for the whole event, then who waits for a date. */
export async function promote(tx: EntityManager, ctx: Promoting, event: Event, occurrence: Date | null): Promise<void> {
  if (event.status !== 'PUBLISHED') return;
  await promoteAt(tx, ctx, event, null);
  if (occurrence) await promoteAt(tx, ctx, event, occurrence);
  else await promoteOnDates(tx, ctx, event);
  if (event.acceptMinutes != null) await releaseLater(tx, event);
}

async function promoteOnDates(tx: EntityManager, ctx: Promoting, event: Event): Promise<void> {
  const dates = await tx.execute<{ at: string }[]>(
    `select occurrence as at from tally where event_id = ? and tenant_id = ? and occurrence >= ?::timestamptz and waitlisted > 0
     order by occurrence limit ?`,
    [event.id, event.tenantId, ctx.clock.now(), MAX_PROMOTED],
  );
  for (const { at } of dates) await promoteAt(tx, ctx, event, new Date(at));
}
