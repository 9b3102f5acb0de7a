import { type BasicTime, basicInstant, readBasic } from '../recurrence/zone.ts';
import { componentsOf, type Property, unescaped } from './lines.ts';
import { zoneMeant, zonesOf } from './zones.ts';

/** One VEVENT of a file, in our words. */
export interface ReadEvent {
  uid: string;
  sequence: number;
  /** Original start, for a date of a series that differs. */
  recurrenceId: Date | null;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  allDay: boolean;
  recurrence: string | null;
  title: string;
  description: string | null;
  location: string | null;
  onlineUrl: string | null;
  latitude: number | null;
  longitude: number | null;
  tags: string[];
  cancelled: boolean;
  isPrivate: boolean;
}

/** What could not be taken of a file, and why. */
export interface Refusal {
  uid: string | null;
  reason: string;
}

/** Thrown within one component; the file goes on. */
class Refused extends Error {}

const DAY_MS = 86_400_000;
const DURATION = /^([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/;

interface Reading {
  properties: ReadonlyMap<string, readonly Property[]>;
  /** Zone of what names none. */
  defaultZone: string;
  told: ReadonlyMap<string, string>;
}

const first = ({ properties }: Reading, name: string): Property | null => properties.get(name)?.[0] ?? null;
const textOf = (reading: Reading, name: string, max: number): string | null =>
  unescaped(first(reading, name)?.value ?? '')
    .replaceAll('\0', '')
    .trim()
    .slice(0, max) || null;

function zoneOf(reading: Reading, property: Property, time: BasicTime): string {
  if (time.isUtc) return 'UTC';
  const name = property.parameters.get('TZID');
  const zone = name === undefined ? reading.defaultZone : zoneMeant(name, reading.told);
  if (!zone) throw new Refused(`names an unknown time zone: ${(name ?? '').slice(0, 60)}`);
  return zone;
}

function timeOf(reading: Reading, name: string): { at: number; time: BasicTime; zone: string } | null {
  const property = first(reading, name);
  if (!property) return null;
  const time = readBasic(property.value.trim());
  if (!time) throw new Refused(`has a ${name} that is no time`);
  const zone = zoneOf(reading, property, time);
  return { at: basicInstant(time, zone), time, zone };
}

function lasting(text: string): number {
  const match = DURATION.exec(text.trim());
  if (!match) throw new Refused('has a DURATION that is none');
  const [, sign, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match;
  if (sign === '-') throw new Refused('ends before it begins');
  return (
    (((Number(weeks) * 7 + Number(days)) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 +
    Number(seconds) * 1_000
  );
}

function endOf(reading: Reading, start: { at: number; time: BasicTime }): number {
  const end = timeOf(reading, 'DTEND');
  if (end) return end.at;
  const duration = first(reading, 'DURATION');
  if (duration) return start.at + lasting(duration.value);
  return start.time.isDate ? start.at + DAY_MS : start.at;
}

/** Lines of the rule with zones that are IANA's. */
function recurrenceOf(reading: Reading, allDay: boolean): string | null {
  const lines = ['RRULE', 'RDATE', 'EXDATE'].flatMap((name) =>
    (reading.properties.get(name) ?? []).map((property) => {
      if (name === 'RRULE') return `RRULE:${property.value.trim()}`;
      const named = property.parameters.get('TZID');
      const zone = named === undefined ? null : zoneMeant(named, reading.told);
      if (named !== undefined && !zone) throw new Refused(`names an unknown time zone: ${named.slice(0, 60)}`);
      const isDate = allDay || property.parameters.get('VALUE') === 'DATE';
      return `${name}${isDate ? ';VALUE=DATE' : zone ? `;TZID=${zone}` : ''}:${property.value.trim()}`;
    }),
  );
  if (reading.properties.has('EXRULE')) throw new Refused('has an EXRULE, which is not taken');
  return lines.length > 0 ? lines.join('\n') : null;
}

function linkOf(reading: Reading): string | null {
  const value = (first(reading, 'CONFERENCE') ?? first(reading, 'URL'))?.value.trim() ?? '';
  const url = value.length <= 2_000 ? URL.parse(value) : null;
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? value : null;
}

function geoOf(reading: Reading): { latitude: number | null; longitude: number | null } {
  const [latitude = Number.NaN, longitude = Number.NaN] = (first(reading, 'GEO')?.value ?? '').split(';').map(Number);
  const fits = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return fits ? { latitude, longitude } : { latitude: null, longitude: null };
}

function tagsOf(reading: Reading): string[] {
  const values = (reading.properties.get('CATEGORIES') ?? []).flatMap(({ value }) => value.split(','));
  const tags = values
    .map((value) =>
      unescaped(value)
        .replace(/\p{Cc}/gu, ' ')
        .trim(),
    )
    .filter((tag) => tag !== '' && tag.length <= 50);
  return [...new Set(tags)].slice(0, 20);
}

function readEvent(reading: Reading, uid: string): ReadEvent {
  const start = timeOf(reading, 'DTSTART');
  if (!start) throw new Refused('has no DTSTART');
  const original = timeOf(reading, 'RECURRENCE-ID');
  const allDay = start.time.isDate;
  const timeZone = allDay ? reading.defaultZone : start.zone;
  return {
    uid,
    sequence: Math.min(
      Number(/^\d{1,9}$/.exec(first(reading, 'SEQUENCE')?.value.trim() ?? '')?.[0] ?? 0),
      1_000_000_000,
    ),
    recurrenceId: original && new Date(original.at),
    startsAt: new Date(start.at),
    endsAt: new Date(endOf(reading, start)),
    timeZone,
    allDay,
    recurrence: original ? null : recurrenceOf(reading, allDay),
    title: (textOf(reading, 'SUMMARY', 200) ?? 'Untitled').replace(/\p{Cc}+/gu, ' '),
    description: textOf(reading, 'DESCRIPTION', 20_000),
    location: textOf(reading, 'LOCATION', 500),
    onlineUrl: linkOf(reading),
    ...geoOf(reading),
    tags: tagsOf(reading),
    cancelled: first(reading, 'STATUS')?.value.trim().toUpperCase() === 'CANCELLED',
    isPrivate: /^(PRIVATE|CONFIDENTIAL)$/i.test(first(reading, 'CLASS')?.value.trim() ?? ''),
  };
}

const MAX_COMPONENTS = 20_000;
const MAX_UID = 500;

/** Events of a file, and what could not be taken of it. It never stops at what is broken. */
export function readCalendar(text: string): { events: ReadEvent[]; refused: Refusal[] } {
  const [events, refused]: [ReadEvent[], Refusal[]] = [[], []];
  const all = [...componentsOf(text).take(MAX_COMPONENTS + 1)];
  if (all.length > MAX_COMPONENTS)
    refused.push({ uid: null, reason: `has more than ${MAX_COMPONENTS} components; the rest was left out` });
  const components = all.slice(0, MAX_COMPONENTS);
  const told = zonesOf(components);
  const named = components
    .find(({ name }) => name === 'VCALENDAR')
    ?.properties.find(({ name }) => name === 'X-WR-TIMEZONE');
  const defaultZone = (named && zoneMeant(named.value.trim(), told)) || 'UTC';
  for (const component of components) {
    if (component.name !== 'VEVENT') continue;
    const properties = Map.groupBy(component.properties, ({ name }) => name);
    const uid =
      properties
        .get('UID')?.[0]
        ?.value.trim()
        .slice(0, MAX_UID + 1) || null;
    const problem =
      component.problem ??
      (uid ? null : 'has no UID') ??
      (uid && uid.length > MAX_UID ? 'has a UID that is too long' : null);
    try {
      if (problem || !uid) throw new Refused(problem ?? 'has no UID');
      events.push(readEvent({ properties, told, defaultZone }, uid.replaceAll('\0', '')));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push({ uid: uid?.slice(0, MAX_UID) ?? null, reason: error.message });
    }
  }
  return { events, refused };
}

/** A file is one of iCalendar at all. */
export const isCalendar = (text: string): boolean =>
  /^\s*BEGIN:VCALENDAR\b/i.test(text.slice(0, 1_000).replace(/^\uFEFF/, ''));
