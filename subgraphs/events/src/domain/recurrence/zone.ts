import { Temporal } from 'temporal-polyfill';

// Zones are few and each costs the runtime's tables a look.
const known = new Map<string, string | null>();
const MAX_KNOWN = 1_000;
const MAX_LENGTH = 64;

function lookUp(name: string): string | null {
  // Offsets such as +02:00 are no zones: they know nothing of summer.
  if (name.length > MAX_LENGTH || !/^[A-Za-z][\w+/-]*$/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone && canonical(name);
  } catch {
    return null;
  }
}

const canonical = (name: string): string =>
  Temporal.PlainDateTime.from('2000-01-01T00:00').toZonedDateTime(name).timeZoneId;

/** The IANA name of a time zone as its tables spell it, links kept; null for what is none. */
export function zoneNamed(name: string): string | null {
  const found = known.get(name);
  if (found !== undefined) return found;
  const zone = lookUp(name);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(name, zone);
  return zone;
}

const MINUTE_MS = 60_000;

/** The wall clock of a zone at an instant. */
export const wallAt = (ms: number, timeZone: string): Temporal.PlainDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDateTime();

/**
 * The instant at which the clock of a zone shows that time: the first of two, and in a gap the time that the clock would show without the change
 * (RFC 5545 section 3.3.5).
 */
export const instantOf = (wall: Temporal.PlainDateTime, timeZone: string): number =>
  wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;

/** The zone itself, for the library of recurrence. */
export const zonedAt = (ms: number, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);

/** The same time of the clock in another zone. */
export const sameWallIn = (ms: number, from: string, to: string): number => instantOf(wallAt(ms, from), to);

/** The instant moved by so much on the clock of its zone, whatever changes of the clock lie between. */
export function movedOnWall(ms: number, byMs: number, timeZone: string): number {
  const minutes = Math.trunc(byMs / MINUTE_MS);
  return instantOf(wallAt(ms, timeZone).add({ minutes, milliseconds: byMs - minutes * MINUTE_MS }), timeZone);
}

/** By how much the clock shows another time, in milliseconds, from one instant in a zone to another in another. */
export function wallDifference(from: number, fromZone: string, to: number, toZone: string): number {
  const { hours, minutes, seconds, milliseconds } = wallAt(from, fromZone).until(wallAt(to, toZone), {
    largestUnit: 'hours',
  });
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds;
}

const BASIC = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/;

/** A date or time as iCalendar writes it. */
export interface BasicTime {
  wall: Temporal.PlainDateTime;
  isDate: boolean;
  isUtc: boolean;
}

/** Reads `20260131`, `20260131T180000` and `20260131T180000Z`; null for what is none of them. */
export function readBasic(text: string): BasicTime | null {
  const match = BASIC.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as number[];
  try {
    const wall = Temporal.PlainDateTime.from(
      // A leap second is told as the second before.
      { year, month, day, hour: hour || 0, minute: minute || 0, second: Math.min(second || 0, 59) } as never,
      { overflow: 'reject' },
    );
    return { wall, isDate: match[4] === undefined, isUtc: match[7] === 'Z' };
  } catch {
    return null;
  }
}

/** The instant of a time as iCalendar writes it, in that zone unless it is UTC. */
export const basicInstant = ({ wall, isUtc }: BasicTime, timeZone: string): number =>
  instantOf(wall, isUtc ? 'UTC' : timeZone);

const two = (value: number) => String(value).padStart(2, '0');

/** A time as iCalendar writes it, without a zone. */
export function writeBasic(wall: Temporal.PlainDateTime, isDate = false): string {
  const date = `${String(wall.year).padStart(4, '0')}${two(wall.month)}${two(wall.day)}`;
  return isDate ? date : `${date}T${two(wall.hour)}${two(wall.minute)}${two(wall.second)}`;
}

export const writeUtc = (ms: number): string => `${writeBasic(wallAt(ms, 'UTC'))}Z`;
