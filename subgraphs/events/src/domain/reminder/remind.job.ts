import type { EntityManager } from '@mikro-orm/postgresql';
import { enqueueJob } from '@polity/kernel/jobs/enqueue';
import type { JobDefinition } from '@polity/kernel/jobs/job';
import { recordEvent } from '../../events.ts';
import { pageOfDates } from '../calendar/merge.ts';
import type { Occurrence } from '../calendar/occurrence.ts';
import { ChangedDate } from '../event/changed-date.entity.ts';
import { Event } from '../event/event.entity.ts';
import { reconcile } from '../rsvp/reconcile.ts';
import { DEFAULT_MINUTES, REMIND } from './reminder.service.ts';

const MINUTE_MS = 60_000;
/** What should have been told longer ago is told no more. */
const LATEST_MS = 60 * MINUTE_MS;
const FAR_MS = 400 * 24 * 60 * MINUTE_MS;
const MAX_DATES = 50;
/** People that one event names. */
const PEOPLE = 100;

const LEAD = `coalesce(own.minutes, case when own.id is null then coalesce(every.minutes, case when every.id is null then ${DEFAULT_MINUTES} end) end)`;
const REMINDED = `rsvp r left join reminder own on own.user_id = r.user_id and own.event_id = r.event_id and own.tenant_id = r.tenant_id
  left join reminder every on every.user_id = r.user_id and every.event_id is null and every.tenant_id = r.tenant_id
  where r.event_id = ? and r.tenant_id = ? and r.status = 'GOING'`;

/** How long before a date any of those who come want to be reminded, in minutes. */
async function leads(tx: EntityManager, { id, tenantId }: Event): Promise<number[]> {
  const rows = await tx.execute<{ lead: number | null }[]>(`select distinct ${LEAD} as lead from ${REMINDED}`, [
    id,
    tenantId,
  ]);
  return rows.flatMap(({ lead }) => (lead === null ? [] : [lead]));
}

/** Who comes on a date and wants to be reminded so long before. */
async function people(
  tx: EntityManager,
  { id, tenantId, recurrence }: Event,
  date: Occurrence,
  lead: number,
): Promise<string[]> {
  const at = recurrence ? date.recurrenceId : null;
  const onDate = `and (r.occurrence is not distinct from ?::timestamptz or r.occurrence is null and not exists
    (select 1 from rsvp apart where apart.event_id = r.event_id and apart.user_id = r.user_id and apart.occurrence = ?::timestamptz and apart.tenant_id = r.tenant_id))`;
  const rows = await tx.execute<{ id: string }[]>(
    `select r.user_id as id from ${REMINDED} ${onDate} and ${LEAD} = ? order by 1`,
    [id, tenantId, at, at, lead],
  );
  return [...new Set(rows.map((row) => row.id))];
}

/** Dates of an event that begin after one instant and not after another. */
function dates(
  event: Event,
  changed: readonly ChangedDate[],
  after: number,
  until: number,
  limit: number,
): Occurrence[] {
  const [single, recurring] = event.recurrence ? [[], [event]] : [[event], []];
  const found = { single, recurring, changed: new Map([[event.id, changed]]) };
  const begins = ({ startsAt, cancelled }: Occurrence) => startsAt.getTime() > after && !cancelled;
  const isPast = ({ startsAt }: Occurrence) => startsAt.getTime() > until;
  const stretch = { from: after, to: until + 1 };
  return pageOfDates(found, { stretch, begin: after, isBeyond: begins, isPast, backwards: false, limit });
}

/** Tells of every date of which somebody is to be reminded since the last run, and comes again when the next one is. */
async function remind(tx: EntityManager, event: Event, nowMs: number): Promise<number> {
  const since = Math.max(event.remindedUntil?.getTime() ?? nowMs - MINUTE_MS, nowMs - LATEST_MS);
  const changed = event.recurrence ? await tx.find(ChangedDate, { eventId: event.id }) : [];
  const cause = { cause: { tenantId: event.tenantId, actorId: null, requestId: null } };
  let told = 0;
  let next = Number.POSITIVE_INFINITY;
  for (const lead of await leads(tx, event)) {
    const before = lead * MINUTE_MS;
    for (const date of dates(event, changed, since + before, nowMs + before, MAX_DATES)) {
      const who = await people(tx, event, date, lead);
      for (let start = 0; start < who.length; start += PEOPLE) {
        const userIds = who.slice(start, start + PEOPLE);
        const data = {
          eventId: event.id,
          occurrence: date.recurrenceId.toISOString(),
          startsAt: date.startsAt.toISOString(),
          userIds,
        };
        await recordEvent(tx, cause, 'events.reminder.due', { subject: event.id, data });
      }
      told += who.length;
    }
    const [coming] = dates(event, changed, nowMs + before, nowMs + before + FAR_MS, 1);
    if (coming) next = Math.min(next, coming.startsAt.getTime() - before);
  }
  event.remindedUntil = new Date(nowMs);
  if (Number.isFinite(next))
    await enqueueJob(tx, { job: REMIND, key: event.id, tenantId: event.tenantId, at: new Date(next) });
  return told;
}

/** Reminds people of one event, and sees to it that its numbers are those of its answers. */
export const remindJob: JobDefinition = {
  name: REMIND,
  quiet: true,
  async run({ key, tenantId }, runtime) {
    return runtime.em(tenantId).transactional(async (em) => {
      const tx = em as EntityManager;
      await tx.execute('select 1 from event where id = ? for no key update', [key]);
      const event = await tx.findOne(Event, { id: key });
      if (!event) return { told: 0 };
      const mended = await reconcile(tx, event);
      if (mended > 0)
        runtime.log.error({ eventId: event.id, mended }, 'numbers of an event were not those of its answers');
      const told = event.status === 'PUBLISHED' ? await remind(tx, event, runtime.clock.nowMs()) : 0;
      return { told, mended };
    });
  },
};
