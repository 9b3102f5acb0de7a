import type { EntityManager } from '@mikro-orm/postgresql';
import { readRows } from '@polity/kernel/db/rows';
import { sql } from '@polity/kernel/db/sql';
import { checked } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { Forbidden } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { enqueueJob } from '@polity/kernel/jobs/enqueue';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { mayAnswer } from '../event/event.policy.ts';
import { getLocked } from '../event/event.service.ts';
import { Reminder, type ReminderRow } from './reminder.entity.ts';

/** Name of the job that reminds people of one event. */
export const REMIND = 'remind';
/** When somebody is reminded who chose nothing, in minutes before the start. */
export const DEFAULT_MINUTES = 60;
const MAX_MINUTES = 28 * 24 * 60;

const newReminder = z.object({
  minutesBefore: z.number().int().min(0, 'must be 0 to 40320').max(MAX_MINUTES, 'must be 0 to 40320').nullish(),
});

/** Has the reminders of an event worked out anew, in the transaction of what changed them. */
export const remindLater = (
  tx: EntityManager,
  ctx: Pick<Context, 'tenantId' | 'clock'>,
  eventId: string,
): Promise<void> => enqueueJob(tx, { job: REMIND, key: eventId, tenantId: ctx.tenantId, at: ctx.clock.now() });

const PUT = `insert into reminder as known (id, created_at, tenant_id, user_id, event_id, minutes) values (?, ?, ?, ?, ?::uuid, ?)
  on conflict on constraint reminder_unique do update set minutes = excluded.minutes`;

/** Sets when the viewer is reminded of one event, or of all that have no reminder of their own; null for not at all. */
export async function set(
  ctx: Context,
  eventId: string | null | undefined,
  minutesBefore: number | null | undefined,
): Promise<ReminderRow> {
  const authorizer = await ctx.access.authorizer();
  const { minutesBefore: minutes = null } = checked(newReminder, { minutesBefore });
  const userId = ctx.viewer.id as string;
  await write(ctx, async (tx) => {
    if (eventId) {
      const event = await getLocked(tx, authorizer, eventId);
      if (!mayAnswer(authorizer, event)) throw new Forbidden();
    }
    await tx.execute(PUT, [uuidv7(), ctx.clock.now(), ctx.tenantId, userId, eventId ?? null, minutes]);
    const going = `select distinct event_id as id from rsvp where user_id = ? and tenant_id = ? and status = 'GOING' order by 1 limit 500`;
    const events = eventId ? [{ id: eventId }] : await tx.execute<{ id: string }[]>(going, [userId, ctx.tenantId]);
    for (const { id } of events) await remindLater(tx, ctx, id);
  });
  const [row] = await readRows(ctx.em, Reminder, { where: [{ userId, eventId: eventId ?? null }] });
  return row as ReminderRow;
}

/** The viewer's reminders: the one for all events first. */
export async function mine(ctx: Context): Promise<ReminderRow[]> {
  const order = [{ column: 't.id', direction: 'asc' as const }];
  const where = [sql('t.user_id = ?', ctx.viewer.id)];
  return readRows(ctx.em, Reminder, { where, order, limit: 500 });
}
