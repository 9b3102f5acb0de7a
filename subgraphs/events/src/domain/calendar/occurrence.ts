import type { ChangedDateRow } from '../event/changed-date.entity.ts';
import type { EventRow } from '../event/event.entity.ts';

/** One date of an event, worked out. */
export interface Occurrence {
  event: EventRow;
  eventId: string;
  /** The start that the rule gives it, by which everybody names it. */
  recurrenceId: Date;
  startsAt: Date;
  endsAt: Date;
  cancelled: boolean;
  /** What differs; null where nothing does. */
  changed: ChangedDateRow | null;
}

/** A date as the event says it is. */
export function plainDate(event: EventRow, at: number): Occurrence {
  const recurrenceId = new Date(at);
  const endsAt = new Date(at + event.lasts());
  const cancelled = event.status === 'CANCELLED';
  return { event, eventId: event.id, recurrenceId, startsAt: recurrenceId, endsAt, cancelled, changed: null };
}

/** A date that differs from the others. */
export function changedOccurrence(event: EventRow, changed: ChangedDateRow): Occurrence {
  const { recurrenceId, startsAt, endsAt, cancelledAt } = changed;
  const cancelled = event.status === 'CANCELLED' || cancelledAt !== null;
  return { event, eventId: event.id, recurrenceId, startsAt, endsAt, cancelled, changed };
}

/** The value of a field on one date. */
export const onDate = <Name extends 'title' | 'description' | 'descriptionHtml' | 'location' | 'onlineUrl'>(
  { event, changed }: Occurrence,
  name: Name,
) => changed?.[name] ?? event[name];

const compared = (a: string | number, b: string | number) => (a < b ? -1 : Number(a > b));

/** The order of the calendar: by start, then by event, then by original start. */
export const inOrder = (a: Occurrence, b: Occurrence): number =>
  compared(a.startsAt.getTime(), b.startsAt.getTime()) ||
  compared(a.eventId, b.eventId) ||
  compared(a.recurrenceId.getTime(), b.recurrenceId.getTime());
