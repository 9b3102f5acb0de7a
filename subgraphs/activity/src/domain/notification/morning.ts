import type { Cadence } from './setting.entity.ts';

/** Hour of the day, in the person's zone, at which digests are sent. */
const HOUR = 8;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MONDAY = 1;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const made = new Intl.DateTimeFormat('en-GB', { ...parts, hourCycle: 'h23', calendar: 'gregory', timeZone });
  formats.set(timeZone, made);
  return made;
}

/** Whether this is the name of a time zone, such as `Europe/Berlin`; offsets are none. */
export function isTimeZone(name: string): boolean {
  if (name !== 'UTC' && !/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** What clocks of the zone show at an instant, as if it were UTC. */
function wallOf(instant: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
}

/** The instant at which clocks of the zone show that; where they skip it, as much later as they skip. */
function instantOf(wall: number, timeZone: string): number {
  const guess = wall - (wallOf(wall, timeZone) - wall);
  return guess + (wall - wallOf(guess, timeZone));
}

/** The next eight o'clock in the morning of the zone after an instant; of a Monday where it is weekly. */
function morningAfter(now: number, timeZone: string, weekly: boolean): number {
  const today = Math.floor(wallOf(now, timeZone) / DAY_MS) * DAY_MS;
  for (let day = today; ; day += DAY_MS) {
    const at = instantOf(day + HOUR * 60 * MINUTE_MS, timeZone);
    if (at > now && (!weekly || new Date(day).getUTCDay() === MONDAY)) return at;
  }
}

/** When what happened now is mailed; null for never. */
export function mailTime(cadence: Cadence, now: Date, timeZone: string): Date | null {
  if (cadence === 'NEVER') return null;
  if (cadence === 'IMMEDIATELY') return now;
  return new Date(morningAfter(now.getTime(), timeZone, cadence === 'WEEKLY'));
}
