import { Temporal } from 'temporal-polyfill';
import type { ChangedDateRow } from '../event/changed-date.entity.ts';
import { hasDate, seriesFor } from '../event/event.dates.ts';
import type { EventRow } from '../event/event.entity.ts';
import { ruleText } from '../recurrence/rule.ts';
import type { Series } from '../recurrence/series.ts';
import { basicInstant, readBasic, wallAt, writeBasic, writeUtc } from '../recurrence/zone.ts';
import { folded, textLine } from './lines.ts';

/** An event as one person's calendar shows it. */
export interface Written {
  event: EventRow;
  changed: readonly ChangedDateRow[];
  /** Whether they may follow its link. */
  link: boolean;
  /** Whether they may follow the link of that date, by its original start. */
  linkOn(recurrenceId: Date): boolean;
  /** What they answered to the whole. */
  answer: string | null;
  /** What they answered to single dates, by their original starts. */
  answers: ReadonlyMap<number, string>;
  /** How many minutes before a date to which they go they are reminded; null for not at all. */
  alarm: number | null;
  /** Who they are; null where the calendar is nobody's. */
  userId: string | null;
}

const PARTSTAT: Readonly<Record<string, string>> = {
  GOING: 'ACCEPTED',
  NOT_GOING: 'DECLINED',
  INTERESTED: 'TENTATIVE',
  WAITLISTED: 'NEEDS-ACTION',
};

/** One date that stands by itself in a file, as it differs or has an answer of its own. */
type ApartDate = Pick<ChangedDateRow, 'recurrenceId' | 'startsAt' | 'endsAt'> & Partial<ChangedDateRow>;

const alarmLines = (minutes: number): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  'DESCRIPTION:Reminder',
  `TRIGGER:-PT${minutes}M`,
  'END:VALARM',
];

const timeIn =
  ({ timeZone, allDay }: EventRow) =>
  (name: string, at: number): string => {
    if (allDay) return `${name};VALUE=DATE:${writeBasic(wallAt(at, timeZone), true)}`;
    return timeZone === 'UTC'
      ? `${name}:${writeUtc(at)}`
      : `${name};TZID=${timeZone}:${writeBasic(wallAt(at, timeZone))}`;
  };

/** UNTIL is in UTC where the event has a time, and a day where it has none (RFC 5545 section 3.3.10). */
function untilOf({ timeZone, allDay }: EventRow, text: string): string {
  const time = readBasic(text);
  if (!time) return text;
  if (allDay) return writeBasic(time.isUtc ? wallAt(basicInstant(time, 'UTC'), timeZone) : time.wall, true);
  const wall = time.isDate ? time.wall.add({ days: 1 }).subtract({ seconds: 1 }) : time.wall;
  return writeUtc(basicInstant({ ...time, wall }, timeZone));
}

/**
 * The rule, and further dates. A start that is no date of its rule is one to us and to some programs and none to others (RFC 5545 leaves it open), so it is
 * named as a date beside, and a count becomes the last date: then all of them have the same dates.
 */
function ruleOf(event: EventRow, { recurrence: { rule, added }, startsByRule, ruleEnd }: Series) {
  if (!rule || startsByRule()) return { rule, added };
  const parts = new Map(rule);
  if (parts.delete('COUNT') && ruleEnd !== null) parts.set('UNTIL', writeUtc(ruleEnd));
  const start = event.startsAt.getTime();
  return { rule: parts, added: added.includes(start) ? added : [start, ...added] };
}

function recurrenceLines(event: EventRow): string[] {
  const series = seriesFor(event);
  if (!series) return [];
  const time = timeIn(event);
  const { leftOut, daysLeftOut } = series.recurrence;
  const { rule, added } = ruleOf(event, series);
  const parts =
    rule && new Map([...rule].map(([name, value]) => [name, name === 'UNTIL' ? untilOf(event, value) : value]));
  const startTime = writeBasic(wallAt(event.startsAt.getTime(), event.timeZone)).slice(8);
  const days = [...daysLeftOut]
    .flatMap((day) => readBasic(`${day}${startTime}`) ?? [])
    .map((each) => basicInstant(each, event.timeZone));
  return [
    ...(parts ? [`RRULE:${ruleText(parts)}`] : []),
    ...added.map((at) => time('RDATE', at)),
    ...[...leftOut, ...days].map((at) => time('EXDATE', at)),
  ];
}

interface Texts {
  title: string;
  description?: string | null | undefined;
  location?: string | null | undefined;
  onlineUrl?: string | null | undefined;
}

function textLines({ title, description, location, onlineUrl }: Texts, link: boolean): string[] {
  const url = link && onlineUrl ? [`URL:${onlineUrl.replace(/[\r\n]/g, '')}`] : [];
  return [
    ...textLine('SUMMARY', title),
    ...textLine('DESCRIPTION', description),
    ...textLine('LOCATION', location),
    ...url,
  ];
}

function stampLines({ uid, sequence, createdAt, editedAt }: EventRow): string[] {
  const changed = writeUtc((editedAt ?? createdAt).getTime());
  return [...textLine('UID', uid), `DTSTAMP:${changed}`, `LAST-MODIFIED:${changed}`, `SEQUENCE:${sequence}`];
}

function answerLines({ userId, alarm }: Written, answer: string | null, cancelled: boolean): string[] {
  if (!userId || !answer) return [];
  return [
    `ATTENDEE;PARTSTAT=${PARTSTAT[answer] ?? 'NEEDS-ACTION'}:urn:uuid:${userId}`,
    ...(answer === 'GOING' && alarm !== null && !cancelled ? alarmLines(alarm) : []),
  ];
}

function eventLines(written: Written): string[] {
  const { event, link } = written;
  const time = timeIn(event);
  const geo = event.latitude != null && event.longitude != null ? [`GEO:${event.latitude};${event.longitude}`] : [];
  const tags = event.tags.flatMap((tag) => textLine('CATEGORIES', tag));
  return [
    'BEGIN:VEVENT',
    ...stampLines(event),
    time('DTSTART', event.startsAt.getTime()),
    time('DTEND', event.endsAt.getTime()),
    ...recurrenceLines(event),
    ...textLines(event, link),
    ...geo,
    ...tags,
    `CLASS:${event.chosenVisibility === 'PUBLIC' ? 'PUBLIC' : 'PRIVATE'}`,
    `STATUS:${event.status === 'CANCELLED' ? 'CANCELLED' : 'CONFIRMED'}`,
    ...answerLines(written, written.answer, event.status === 'CANCELLED'),
    'END:VEVENT',
  ];
}

function changedLines(written: Written, changed: ApartDate): string[] {
  const { event, linkOn, answers, answer } = written;
  const cancelled = Boolean(changed.cancelledAt) || event.status === 'CANCELLED';
  const time = timeIn(event);
  const texts = {
    title: changed.title ?? event.title,
    description: changed.description ?? event.description,
    location: changed.location ?? event.location,
    onlineUrl: changed.onlineUrl ?? event.onlineUrl,
  };
  return [
    'BEGIN:VEVENT',
    ...stampLines(event),
    time('RECURRENCE-ID', changed.recurrenceId.getTime()),
    time('DTSTART', changed.startsAt.getTime()),
    time('DTEND', changed.endsAt.getTime()),
    ...textLines(texts, linkOn(changed.recurrenceId)),
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    ...answerLines(written, answers.get(changed.recurrenceId.getTime()) ?? answer, cancelled),
    'END:VEVENT',
  ];
}

/** Dates that stand by themselves: those that differ, and those with an answer of their own, which programs know no other way. */
function apart({ event, changed, answers }: Written): ApartDate[] {
  if (!event.recurrence) return [];
  const known = new Set(changed.map(({ recurrenceId }) => recurrenceId.getTime()));
  const answered = [...answers.keys()].filter((at) => !known.has(at) && hasDate(event, new Date(at)));
  const plain = answered.map((at) => ({
    recurrenceId: new Date(at),
    startsAt: new Date(at),
    endsAt: new Date(at + event.lasts()),
  }));
  return [...changed, ...plain];
}

const offset = (nanoseconds: number): string => {
  const minutes = Math.abs(nanoseconds) / 60_000_000_000;
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  return `${nanoseconds < 0 ? '-' : '+'}${two(minutes / 60)}${two(minutes % 60)}`;
};

const MAX_CHANGES = 60;
const zoneTexts = new Map<string, readonly string[]>();

/** A zone with each change of its clock from a year on, as far as twenty years; what knows the zone by its name needs none of it. */
function zoneLines(timeZone: string, year: number): readonly string[] {
  const key = `${timeZone} ${year}`;
  const known = zoneTexts.get(key);
  if (known) return known;
  const end = Temporal.Instant.from(`${year + 20}-01-01T00:00Z`);
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.from(`${year}-01-01T00:00Z`).toZonedDateTimeISO(timeZone);
  let before = at.offsetNanoseconds;
  const part = (from: number, time: Temporal.ZonedDateTime) => {
    const kind = time.offsetNanoseconds > from ? 'DAYLIGHT' : 'STANDARD';
    // The clock that was shown until then.
    const wall = time.toInstant().add({ nanoseconds: from }).toZonedDateTimeISO('UTC').toPlainDateTime();
    const offsets = [`TZOFFSETFROM:${offset(from)}`, `TZOFFSETTO:${offset(time.offsetNanoseconds)}`];
    return [`BEGIN:${kind}`, `DTSTART:${writeBasic(wall)}`, ...offsets, `END:${kind}`];
  };
  const parts = part(before, at);
  for (let count = 0; count < MAX_CHANGES; count++) {
    at = at.getTimeZoneTransition('next');
    if (!at || Temporal.Instant.compare(at.toInstant(), end) > 0) break;
    parts.push(...part(before, at));
    before = at.offsetNanoseconds;
  }
  const lines = ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...parts, 'END:VTIMEZONE'];
  if (zoneTexts.size >= 500) zoneTexts.clear();
  zoneTexts.set(key, lines);
  return lines;
}

/** A calendar file (RFC 5545) of these events. It names nobody but the person whose calendar it is, and them by no address. */
export function writeCalendar(events: readonly Written[]): string {
  const zones = new Map<string, number>();
  for (const { event } of events) {
    const year = event.startsAt.getUTCFullYear() - 1;
    if (event.timeZone !== 'UTC' && !event.allDay)
      zones.set(event.timeZone, Math.min(year, zones.get(event.timeZone) ?? year));
  }
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Polity//Events//EN',
    'CALSCALE:GREGORIAN',
    ...[...zones].flatMap(([zone, year]) => zoneLines(zone, year)),
    ...events.flatMap((written) => [
      ...eventLines(written),
      ...apart(written).flatMap((each) => changedLines(written, each)),
    ]),
    'END:VCALENDAR',
    '',
  ];
  return lines.map(folded).join('\r\n');
}
