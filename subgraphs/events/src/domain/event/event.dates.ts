import { type Series, seriesOf } from '../recurrence/series.ts';
import type { Event, EventRow } from './event.entity.ts';

/** The dates of an event; null for an event of one date. */
export function seriesFor({
  recurrence,
  timeZone,
  startsAt,
}: Pick<EventRow, 'recurrence' | 'timeZone' | 'startsAt'>): Series | null {
  return recurrence ? seriesOf({ startsAt: startsAt.getTime(), timeZone, recurrence }) : null;
}

/** Whether the event has such a date, by its original start. */
export function hasDate(event: EventRow, recurrenceId: Date): boolean {
  return seriesFor(event)?.has(recurrenceId.getTime()) ?? recurrenceId.getTime() === event.startsAt.getTime();
}

/** The original start of the first date. */
export const firstDate = (event: EventRow): number =>
  seriesFor(event)?.dates(Number.NEGATIVE_INFINITY).next().value ?? event.startsAt.getTime();

/** Writes into a row what follows from its rule, after it changed. */
export function settle(event: Event): void {
  const series = seriesFor(event);
  const last = series ? series.last : event.startsAt.getTime();
  event.settle({
    spanStartsAt: new Date(Math.min(firstDate(event), event.startsAt.getTime())),
    spanEndsAt: last === null ? null : new Date(last + event.lasts()),
  });
}
