import { InvalidInput } from '@polity/kernel/graph/errors';
import { basicInstant, readBasic, wallAt, writeBasic, zoneNamed } from './zone.ts';

/** How an event comes again, read from its lines and within bounds. */
export interface Recurrence {
  /** Parts of the rule by name, in upper case; null where only single dates are added. */
  rule: ReadonlyMap<string, string> | null;
  /** Instants that are added, in order. */
  added: readonly number[];
  /** Instants that are left out. */
  leftOut: ReadonlySet<number>;
  /** Days that are left out, as `20260131` in the zone of the event. */
  daysLeftOut: ReadonlySet<string>;
}

/** The longest text of a recurrence, in characters. */
export const RECURRENCE_MAX = 16_384;
const MAX_SINGLE = 500;
const MAX_COUNT = 1_000;
const MAX_INTERVAL = 1_000;
const MAX_PER_DAY = 24;

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const WEEKDAY = '(?:MO|TU|WE|TH|FR|SA|SU)';
const numbers = (most: number, signed: boolean) => (value: string) =>
  new RegExp(`^${signed ? '[+-]?' : ''}\\d{1,3}(,${signed ? '[+-]?' : ''}\\d{1,3})*$`).test(value) &&
  value.split(',').every((each) => Math.abs(Number(each)) <= most && (!signed || Number(each) !== 0));
const matching = (pattern: string) => (value: string) => new RegExp(`^(?:${pattern})$`).test(value);

/** What each part may hold (RFC 5545 section 3.3.10, RFC 7529 section 4). */
const PARTS: Readonly<Record<string, (value: string) => boolean>> = {
  FREQ: (value) => FREQUENCIES.includes(value),
  INTERVAL: (value) => /^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= MAX_INTERVAL,
  COUNT: (value) => /^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= MAX_COUNT,
  UNTIL: (value) => readBasic(value) !== null,
  BYHOUR: numbers(23, false),
  BYMINUTE: numbers(59, false),
  BYSECOND: numbers(59, false),
  BYDAY: matching(`[+-]?\\d{0,2}${WEEKDAY}(,[+-]?\\d{0,2}${WEEKDAY}){0,20}`),
  BYMONTHDAY: numbers(31, true),
  BYYEARDAY: numbers(366, true),
  BYWEEKNO: numbers(53, true),
  BYMONTH: matching('\\d{1,2}L?(,\\d{1,2}L?){0,12}'),
  BYSETPOS: numbers(366, true),
  WKST: matching(WEEKDAY),
  RSCALE: matching('GREGORIAN|GREGORY|HEBREW|CHINESE|DANGI|ETHIOPIC|COPTIC|INDIAN|PERSIAN|JAPANESE|BUDDHIST|ROC'),
  SKIP: matching('OMIT|BACKWARD|FORWARD'),
};

const refused = (problem: string) => new InvalidInput({ recurrence: problem });
const listOf = (parts: ReadonlyMap<string, string>, name: string) => parts.get(name)?.split(',').length ?? 1;

function readRule(value: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of value.split(';').filter(Boolean)) {
    const [name = '', held = ''] = part.toUpperCase().split('=', 2);
    if (name === 'FREQ' && /^(HOURLY|MINUTELY|SECONDLY)$/.test(held)) throw refused('comes again daily at most');
    if (!PARTS[name]?.(held)) throw refused(`has a part that is not taken: ${name.slice(0, 20)}`);
    if (parts.has(name)) throw refused(`has ${name} twice`);
    parts.set(name, held);
  }
  if (!parts.has('FREQ')) throw refused('has a rule without FREQ');
  if (parts.has('COUNT') && parts.has('UNTIL')) throw refused('ends by COUNT or by UNTIL, not by both');
  if (parts.has('SKIP') && !parts.has('RSCALE')) throw refused('has SKIP without RSCALE');
  if (listOf(parts, 'BYHOUR') * listOf(parts, 'BYMINUTE') * listOf(parts, 'BYSECOND') > MAX_PER_DAY)
    throw refused(`comes more than ${MAX_PER_DAY} times a day`);
  return parts;
}

interface Line {
  name: string;
  parameters: ReadonlyMap<string, string>;
  value: string;
}

function readLine(line: string): Line {
  const colon = line.indexOf(':');
  if (colon < 0) throw refused('has a line without a colon');
  const [name = '', ...rest] = line.slice(0, colon).split(';');
  const parameters = rest.map((each) => each.split('=', 2) as [string, string]);
  return {
    name: name.toUpperCase(),
    value: line.slice(colon + 1).trim(),
    parameters: new Map(parameters.map(([key, value = '']) => [key.toUpperCase(), value.replaceAll('"', '')])),
  };
}

/** Times of an RDATE or EXDATE; those without a time of day are days. */
function readTimes({ name, parameters, value }: Line, timeZone: string): { instants: number[]; days: string[] } {
  const zone = zoneNamed(parameters.get('TZID') ?? timeZone);
  if (!zone) throw refused(`names an unknown time zone in ${name}`);
  const times = value.split(',').map((each) => readBasic(each.trim()));
  const read = times.filter((time) => time !== null);
  if (read.length < times.length) throw refused(`has a time in ${name} that is not taken`);
  return {
    instants: read.filter(({ isDate }) => !isDate).map((time) => basicInstant(time, zone)),
    days: read.filter(({ isDate }) => isDate).map(({ wall }) => writeBasic(wall, true)),
  };
}

/** Days as instants: at the time of day at which the event begins. */
function atStart(days: readonly string[], startsAt: number, timeZone: string): number[] {
  const time = writeBasic(wallAt(startsAt, timeZone)).slice(8);
  return days.map((day) => basicInstant(readBasic(`${day}${time}`) as never, timeZone));
}

const KNOWN = ['RRULE', 'RDATE', 'EXDATE'];

/**
 * Reads RRULE, RDATE and EXDATE lines of an event that begins at that time. Throws InvalidInput for `recurrence`: what is no rule, comes more often
 * than 24 times a day, or has more than 500 single dates of a kind.
 */
export function readRecurrence(text: string, startsAt: number, timeZone: string): Recurrence {
  if (text.length > RECURRENCE_MAX) throw refused(`must be at most ${RECURRENCE_MAX} characters`);
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map(readLine);
  const unknown = lines.find(({ name }) => !KNOWN.includes(name));
  if (unknown) throw refused('has lines other than RRULE, RDATE and EXDATE');
  const of = (name: string) => lines.filter((line) => line.name === name);
  const [rule, second] = of('RRULE');
  if (second) throw refused('has more than one RRULE');
  const [added, left] = ['RDATE', 'EXDATE'].map((name) => {
    const times = of(name).map((line) => readTimes(line, timeZone));
    const [instants, days] = [times.flatMap((each) => each.instants), times.flatMap((each) => each.days)];
    if (instants.length + days.length > MAX_SINGLE) throw refused(`has more than ${MAX_SINGLE} dates in ${name}`);
    return { instants, days };
  }) as [{ instants: number[]; days: string[] }, { instants: number[]; days: string[] }];
  if (!rule && added.instants.length + added.days.length === 0) throw refused('has neither RRULE nor RDATE');
  const single = new Set([...added.instants, ...atStart(added.days, startsAt, timeZone)]);
  return {
    rule: rule ? readRule(rule.value) : null,
    added: [...single].sort((a, b) => a - b),
    leftOut: new Set(left.instants),
    daysLeftOut: new Set(left.days),
  };
}

/** The rule as text, without the words `RRULE:`. */
export const ruleText = (parts: ReadonlyMap<string, string>): string =>
  [...parts].map(([name, value]) => `${name}=${value}`).join(';');
