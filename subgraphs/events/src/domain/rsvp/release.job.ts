import type { EntityManager } from '@mikro-orm/postgresql';
import type { JobDefinition } from '@polity/kernel/jobs/job';
import { recordEvent } from '../../events.ts';
import { Event } from '../event/event.entity.ts';
import { Rsvp } from './rsvp.entity.ts';
import { recount } from './tally.ts';
import { type Promoting, promote, RELEASE, releaseLater } from './waitlist.ts';

/** Places that one run gives back; it comes again for the others. */
const BATCH = 200;

/** Gives back the place of somebody who was let in and did not accept in time. */
async function release(tx: EntityManager, ctx: Promoting, event: Event, rsvp: Rsvp): Promise<void> {
  const { userId, occurrence = null } = rsvp;
  const before = { status: rsvp.status, guests: rsvp.guests };
  const after = { status: 'NOT_GOING' as const, guests: 0 };
  const whole = occurrence ? await tx.findOne(Rsvp, { eventId: event.id, userId, occurrence: null }) : null;
  rsvp.answer({ ...after, acceptBy: null }, ctx.clock.now());
  await tx.flush();
  await recount(tx, { event, occurrence }, userId, { before, after, whole });
  const { communityId, teamId } = event.place();
  const data = { eventId: event.id, communityId, teamId, userId, occurrence: occurrence?.toISOString() ?? null };
  await recordEvent(tx, ctx, 'events.rsvp.changed', { subject: event.id, data: { ...data, rsvp: after.status } });
}

/** Lets in who waits behind those who were let in and did not accept in time. Safe to repeat. */
export const releaseJob: JobDefinition = {
  name: RELEASE,
  quiet: true,
  async run({ key, tenantId }, { em, clock }) {
    return em(tenantId).transactional(async (manager) => {
      const tx = manager as EntityManager;
      await tx.execute('select 1 from event where id = ? for no key update', [key]);
      const event = await tx.findOne(Event, { id: key });
      if (!event) return { released: 0 };
      const ctx = { clock, cause: { tenantId: event.tenantId, actorId: null, requestId: null } };
      const late = { eventId: key, status: 'GOING' as const, acceptBy: { $ne: null, $lte: clock.now() } };
      const found = await tx.find(Rsvp, late, { orderBy: { acceptBy: 'asc' }, limit: BATCH });
      for (const rsvp of found as Rsvp[]) {
        await release(tx, ctx, event, rsvp);
        await promote(tx, ctx, event, rsvp.occurrence ?? null);
      }
      await releaseLater(tx, event);
      return { released: found.length };
    });
  },
};
