import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import type { Event } from '../event/event.entity.ts';
import { type Counted, type RsvpStatus, seatsOf } from './rsvp.entity.ts';

/** Whose answers to what are counted. */
export interface Counting {
  event: Pick<Event, 'id' | 'tenantId'>;
  /** Null for the whole event. */
  occurrence: Date | null;
}

const COLUMN: Readonly<Record<RsvpStatus, string>> = {
  INTERESTED: 'interested',
  GOING: 'going',
  NOT_GOING: 'not_going',
  WAITLISTED: 'waitlisted',
};

const AT = 'event_id = ? and tenant_id = ? and occurrence is not distinct from ?::timestamptz';
const at = ({ event, occurrence }: Counting) => [event.id, event.tenantId, occurrence];
const ZEROS =
  'interested, going, not_going, waitlisted, seats, off_interested, off_going, off_not_going, off_waitlisted, off_seats, last_place, attended, absent';

/** Makes the row of a count where there is none; its event is locked. */
async function counted(tx: EntityManager, counting: Counting): Promise<void> {
  const { event, occurrence } = counting;
  const zeros = Array(13).fill(0).join(', ');
  await tx.execute(
    `insert into tally (id, created_at, tenant_id, event_id, occurrence, ${ZEROS})
     select ?, now(), ?, ?, ?::timestamptz, ${zeros} where not exists (select 1 from tally where ${AT})`,
    [uuidv7(), event.tenantId, event.id, occurrence, ...at(counting)],
  );
}

/** By how much each column changes from one answer to another. */
function changes(before: Counted | null, after: Counted | null, prefix = ''): string {
  const by = new Map<string, number>();
  const add = (column: string, value: number) => by.set(column, (by.get(column) ?? 0) + value);
  if (before) add(COLUMN[before.status], -1);
  if (after) add(COLUMN[after.status], 1);
  add('seats', seatsOf(after) - seatsOf(before));
  return [...by].map(([column, value]) => `${prefix}${column} = ${prefix}${column} + ${value}`).join(', ');
}

/** Counts that somebody's answer is another, or none any more; `whole` is their answer to the whole event, for one of a date. */
export async function recount(
  tx: EntityManager,
  counting: Counting,
  userId: string,
  { before, after, whole }: Record<'before' | 'after' | 'whole', Counted | null>,
): Promise<void> {
  const { event, occurrence } = counting;
  await counted(tx, counting);
  await tx.execute(`update tally set ${changes(before, after)} where ${AT}`, at(counting));
  if (occurrence) {
    // A date has the answer for it in the place of the one to the whole.
    const [off, on] = [before ? whole : null, after ? whole : null];
    if (off !== on) await tx.execute(`update tally set ${changes(off, on, 'off_')} where ${AT}`, at(counting));
    return;
  }
  await tx.execute(
    `update tally set ${changes(before, after, 'off_')} where event_id = ? and tenant_id = ? and occurrence in
       (select occurrence from rsvp where event_id = ? and tenant_id = ? and user_id = ? and occurrence is not null)`,
    [event.id, event.tenantId, event.id, event.tenantId, userId],
  );
}

/** Places that are taken; for the whole event those of its fullest date from now on. */
export async function seatsTaken(tx: EntityManager, { event, occurrence }: Counting, now: Date): Promise<number> {
  const [whole, extra] = occurrence
    ? ['occurrence is null', 'occurrence = ?::timestamptz']
    : ['occurrence is null', 'occurrence >= ?::timestamptz'];
  const [row] = await tx.execute<[{ n: number }]>(
    `select coalesce((select seats from tally where event_id = ? and tenant_id = ? and ${whole}), 0)
       + coalesce((select max(seats - off_seats) from tally where event_id = ? and tenant_id = ? and ${extra}), 0) as n`,
    [event.id, event.tenantId, event.id, event.tenantId, occurrence ?? now],
  );
  return occurrence ? row.n : Math.max(row.n, await wholeSeats(tx, event));
}

async function wholeSeats(tx: EntityManager, { id, tenantId }: Counting['event']): Promise<number> {
  const [row] = await tx.execute<{ seats: number }[]>(
    'select seats from tally where event_id = ? and tenant_id = ? and occurrence is null',
    [id, tenantId],
  );
  return row?.seats ?? 0;
}

/** The next place in the waiting lists of an event. */
export async function nextPlace(tx: EntityManager, event: Counting['event']): Promise<number> {
  const whole = { event, occurrence: null };
  await counted(tx, whole);
  const [row] = await tx.execute<[{ place: number }]>(
    `update tally set last_place = last_place + 1 where ${AT} returning last_place as place`,
    at(whole),
  );
  return row.place;
}

/** Counts that somebody was marked on a date, as one who was there or not; null before they were marked. */
export async function recountAttendance(
  tx: EntityManager,
  counting: Counting,
  before: boolean | null,
  after: boolean,
): Promise<void> {
  await counted(tx, counting);
  const by = (column: string, change: number) => `${column} = ${column} + ${change}`;
  const attended = Number(after) - Number(before === true);
  const absent = Number(!after) - Number(before === false);
  await tx.execute(`update tally set ${by('attended', attended)}, ${by('absent', absent)} where ${AT}`, at(counting));
}
