import type { ScopeRef } from '@polity/kernel/access/tree';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { Temporal } from 'temporal-polyfill';
import type { Context } from '../../context.ts';
import { zoneNamed } from '../recurrence/zone.ts';
import { lyingAtSql } from '../scope.ts';
import { datesIn } from './calendar.lists.ts';
import { mine } from './mine.ts';
import type { Occurrence } from './occurrence.ts';

/** A day as the viewer's clock has it, with the dates that begin on it. */
export interface CalendarDay {
  date: string;
  occurrences: Occurrence[];
}

/** A month, a week, or the days to come. */
export interface CalendarSheet {
  from: Date;
  to: Date;
  timeZone: string;
  days: CalendarDay[];
  isComplete: boolean;
}

export interface SheetArgs {
  shape: 'MONTH' | 'WEEK' | 'AGENDA';
  date: string;
  timeZone: string;
  scope?: ScopeRef | null | undefined;
  mine?: boolean | null | undefined;
}

const MAX_DATES = 500;
const AGENDA_DAYS = 30;

function dayNamed(date: string): Temporal.PlainDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  try {
    const day = match && Temporal.PlainDate.from(date);
    if (day && day.year >= 1900 && day.year < 2500) return day;
  } catch {
    // Told below: the calendar has no such day.
  }
  throw new InvalidInput({ date: 'must be a day such as 2027-03-01' });
}

const monday = (day: Temporal.PlainDate) => day.subtract({ days: day.dayOfWeek - 1 });

/** First day of a sheet, and how many it has. */
function daysOf(shape: SheetArgs['shape'], day: Temporal.PlainDate): { first: Temporal.PlainDate; count: number } {
  if (shape === 'AGENDA') return { first: day, count: AGENDA_DAYS };
  if (shape === 'WEEK') return { first: monday(day), count: 7 };
  const first = monday(day.with({ day: 1 }));
  const last = monday(day.with({ day: day.daysInMonth })).add({ days: 6 });
  return { first, count: first.until(last).days + 1 };
}

const startOf = (day: Temporal.PlainDate, timeZone: string): Date =>
  new Date(day.toZonedDateTime(timeZone).epochMilliseconds);

/** Whole days on the viewer's clock, each with the dates that begin on it; on the first also those that go on. Throws InvalidInput. */
export async function sheet(ctx: Context, args: SheetArgs): Promise<CalendarSheet> {
  const timeZone = zoneNamed(args.timeZone);
  if (!timeZone) throw new InvalidInput({ timeZone: 'must be a time zone by its IANA name, such as Europe/Berlin' });
  const { first, count } = daysOf(args.shape, dayNamed(args.date));
  const [from, to] = [startOf(first, timeZone), startOf(first.add({ days: count }), timeZone)];
  const place = [...(args.scope ? [lyingAtSql(args.scope)] : []), ...(args.mine ? [await mine(ctx)] : [])];
  const slice = { backwards: false, limit: MAX_DATES + 1, after: null, before: null };
  const found = await datesIn(ctx, place, { from: from.getTime(), to: to.getTime() }, slice);
  const days = Array.from({ length: count }, (_, index) => ({
    date: first.add({ days: index }).toString(),
    occurrences: [] as Occurrence[],
  }));
  const byDate = new Map(days.map((day) => [day.date, day]));
  for (const occurrence of found.slice(0, MAX_DATES)) {
    const at = Temporal.Instant.fromEpochMilliseconds(Math.max(occurrence.startsAt.getTime(), from.getTime()));
    byDate.get(at.toZonedDateTimeISO(timeZone).toPlainDate().toString())?.occurrences.push(occurrence);
  }
  const shown = args.shape === 'AGENDA' ? days.filter(({ occurrences }) => occurrences.length > 0) : days;
  return { from, to, timeZone, days: shown, isComplete: found.length <= MAX_DATES };
}
