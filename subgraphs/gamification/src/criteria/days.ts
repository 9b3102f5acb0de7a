import type { Period } from './types.ts';

const DAY_MS = 86_400_000;
/** Zones change their distance from UTC at full quarters of an hour. */
const QUARTER_MS = 900_000;
const MAX_KNOWN = 50_000;

/** From one moment on, in epoch milliseconds, somebody's days are those of this zone. */
export interface ZoneSince {
  from: number;
  zone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, number>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  formats.set(zone, format);
  return format;
}

function dayIn(zone: string, at: number): number {
  const quarter = Math.floor(at / QUARTER_MS);
  const key = `${zone} ${quarter}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const parts = formatOf(zone).formatToParts(quarter * QUARTER_MS);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const day = Date.UTC(of('year'), of('month') - 1, of('day')) / DAY_MS;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, day);
  return day;
}

/** The day of a moment, numbered from 1 January 1970, by the zone that somebody had then; without one by UTC. */
export function dayOf(at: number, zones: readonly ZoneSince[] = []): number {
  const zone = zones.findLast(({ from }) => from <= at)?.zone ?? 'UTC';
  return zone === 'UTC' ? Math.floor(at / DAY_MS) : dayIn(zone, at);
}

/** The week of a day, from Monday to Sunday, numbered: 1 January 1970 was a Thursday. */
export const weekOf = (day: number): number => Math.floor((day + 3) / 7);

const iso = (day: number) => new Date(day * DAY_MS).toISOString();

/** The period in which a day lies, as text: empty for ONCE; a week is named by its Monday. */
export function periodOf(period: Period, day: number): string {
  if (period === 'ONCE') return '';
  if (period === 'DAY') return iso(day).slice(0, 10);
  if (period === 'WEEK') return `W${iso(weekOf(day) * 7 - 3).slice(0, 10)}`;
  return iso(day).slice(0, period === 'MONTH' ? 7 : 4);
}

/** Days of a period at most. */
export const daysIn: Readonly<Record<Period, number>> = {
  ONCE: Number.POSITIVE_INFINITY,
  DAY: 1,
  WEEK: 7,
  MONTH: 31,
  YEAR: 366,
};

/** Whether it is the name of a zone. */
export function isZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}
