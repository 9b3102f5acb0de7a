import { InvalidInput } from '@polity/kernel/graph/errors';
import { RRuleTemporal } from 'rrule-temporal';
import { type Recurrence, readRecurrence, ruleText } from './rule.ts';
import { instantOf, readBasic, wallAt, writeBasic, writeUtc, zonedAt } from './zone.ts';

/** What the dates of a series follow from. */
export interface SeriesSource {
  startsAt: number;
  timeZone: string;
  recurrence: string;
}

/** The dates of one series: computed when asked for, a stretch at a time, and never stored. All instants are epoch milliseconds. */
export interface Series {
  readonly recurrence: Recurrence;
  /** Dates from that instant on, or with `backwards` from it back to the first. */
  dates(from: number, backwards?: boolean): Generator<number, void>;
  has(instant: number): boolean;
  /** The last date; null for a series without an end. */
  readonly last: number | null;
  /** Where the dates of its rule end; null where they do not, and without a rule. */
  readonly ruleEnd: number | null;
  /** Whether the start is a date of the rule itself; true without a rule. */
  startsByRule(): boolean;
}

const DAY_MS = 86_400_000;
/** Days of a stretch by frequency, for an interval of one: some thirty dates each. */
const STRETCH_DAYS: Record<string, number> = { DAILY: 32, WEEKLY: 128, MONTHLY: 1_024, YEARLY: 4_096 };
const MAX_STRETCHES = 16;
/** What the library may try before it gives a rule up: enough for the 29th of February, and some tenths of a second. */
const BOUNDS = { maxIterations: 3_200, maxCandidateEvaluations: 12_000 };
/** No date lies beyond: the year 2500. */
const HORIZON = Date.UTC(2_500, 0, 1);

type Rule = Pick<RRuleTemporal, 'between' | 'next' | 'previous'>;

/** UNTIL as the library wants it: in UTC. A day lasts until its end in the zone of the event. */
function untilOf(text: string, timeZone: string): number {
  const time = readBasic(text);
  if (!time) throw new InvalidInput({ recurrence: 'ends at no time' });
  const end = time.isDate ? time.wall.add({ days: 1 }).subtract({ milliseconds: 1 }) : time.wall;
  return instantOf(end, time.isUtc ? 'UTC' : timeZone);
}

function ruleFor(
  parts: ReadonlyMap<string, string>,
  { startsAt, timeZone }: SeriesSource,
  includeDtstart = true,
): Rule {
  return new RRuleTemporal({
    rruleString: `RRULE:${ruleText(parts)}`,
    dtstart: zonedAt(startsAt, timeZone),
    includeDtstart,
    ...BOUNDS,
  });
}

const withoutEnd = (parts: ReadonlyMap<string, string>) =>
  new Map([...parts].filter(([name]) => name !== 'COUNT' && name !== 'UNTIL'));

/** The rule without its end, and that end: one that counts is counted through once, for a count cannot be entered in the middle. */
function endless(source: SeriesSource, parts: ReadonlyMap<string, string>): { rule: Rule; until: number | null } {
  const open = withoutEnd(parts);
  const [count, until] = [parts.get('COUNT'), parts.get('UNTIL')];
  if (count === undefined)
    return { rule: ruleFor(open, source), until: until === undefined ? null : untilOf(until, source.timeZone) };
  const counted = ruleFor(parts, source).previous(new Date(HORIZON), true);
  return { rule: ruleFor(open, source), until: counted?.epochMilliseconds ?? source.startsAt };
}

const instants = (found: readonly { epochMilliseconds: number }[]) => found.map((each) => each.epochMilliseconds);

/** Dates of the rule alone, by stretches that are remembered, so that the same month is worked out once. */
function ruleDates(rule: Rule, until: number, stretchMs: number) {
  const stretches = new Map<number, readonly number[]>();
  const jumps = new Map<number, number | null>();

  function stretch(index: number): readonly number[] {
    const known = stretches.get(index);
    if (known) return known;
    const [from, to] = [index * stretchMs, Math.min((index + 1) * stretchMs - 1, until)];
    const found = from > to ? [] : instants(rule.between(new Date(from), new Date(to), true));
    if (stretches.size >= MAX_STRETCHES) stretches.clear();
    stretches.set(index, found);
    return found;
  }

  /** Where the next date beyond an empty stretch lies; null where the library finds none. */
  function jump(index: number, backwards: boolean): number | null {
    const key = backwards ? -index - 1 : index;
    const known = jumps.get(key);
    if (known !== undefined) return known;
    let found: number | null;
    try {
      const at = new Date(backwards ? index * stretchMs : (index + 1) * stretchMs - 1);
      found = (backwards ? rule.previous(at) : rule.next(at))?.epochMilliseconds ?? null;
    } catch {
      found = null;
    }
    if (jumps.size >= MAX_STRETCHES) jumps.clear();
    jumps.set(key, found);
    return found;
  }

  const stretchOf = (instant: number | null) => (instant === null ? null : Math.floor(instant / stretchMs));

  return function* dates(from: number, backwards: boolean): Generator<number, void> {
    let index: number | null = Math.floor(Math.min(from, until) / stretchMs);
    while (index !== null) {
      const found = stretch(index);
      const wanted = found.filter((each) => (backwards ? each <= from : each >= from));
      yield* backwards ? wanted.reverse() : wanted;
      index = found.length > 0 ? index + (backwards ? -1 : 1) : stretchOf(jump(index, backwards));
      if (index !== null && index * stretchMs > until) index = null;
    }
  };
}

/** Two ascending (or descending) sequences as one, each value once. */
function* merged(a: Iterator<number, void>, b: Iterator<number, void>, backwards: boolean): Generator<number, void> {
  const sign = backwards ? -1 : 1;
  let [left, right] = [a.next(), b.next()];
  while (!left.done || !right.done) {
    const takeLeft = !left.done && (right.done || (left.value - right.value) * sign <= 0);
    const value = (takeLeft ? left.value : right.value) as number;
    yield value;
    while (!left.done && left.value === value) left = a.next();
    while (!right.done && right.value === value) right = b.next();
  }
}

function compile(source: SeriesSource): Series {
  const { startsAt, timeZone } = source;
  const recurrence = readRecurrence(source.recurrence, startsAt, timeZone);
  const { added, leftOut, daysLeftOut, rule: parts } = recurrence;
  const start = new Date(startsAt);
  const single = [...new Set([startsAt, ...added])].sort((a, b) => a - b);
  const open = parts && endless(source, parts);
  const frequency = parts?.get('FREQ') ?? 'YEARLY';
  const stretchMs = (STRETCH_DAYS[frequency] ?? 1) * Number(parts?.get('INTERVAL') ?? 1) * DAY_MS;
  const ofRule = open && ruleDates(open.rule, open.until ?? HORIZON, stretchMs);
  const isOut = (instant: number) =>
    leftOut.has(instant) || (daysLeftOut.size > 0 && daysLeftOut.has(writeBasic(wallAt(instant, timeZone), true)));

  function* dates(from: number, backwards = false): Generator<number, void> {
    const own = single.filter((each) => (backwards ? each <= from : each >= from));
    if (backwards) own.reverse();
    const begin = backwards ? from : Math.max(from, startsAt);
    const all = ofRule ? merged(ofRule(begin, backwards), own.values(), backwards) : own.values();
    for (const instant of all) if (!isOut(instant)) yield instant;
  }
  const end = open && open.until === null ? null : Math.max(...single, open?.until ?? startsAt);
  return {
    recurrence,
    dates,
    has: (instant) => dates(instant).next().value === instant,
    last: end === null ? null : (dates(end, true).next().value ?? startsAt),
    ruleEnd: open?.until ?? null,
    startsByRule: () => !parts || ruleFor(withoutEnd(parts), source, false).between(start, start, true).length > 0,
  };
}

const MAX_COMPILED = 2_000;
const compiled = new Map<string, Series>();

/** The series of an event, from memory where it was asked for before. Throws InvalidInput for `recurrence`. */
export function seriesOf(source: SeriesSource): Series {
  const key = `${source.startsAt} ${source.timeZone} ${source.recurrence}`;
  const known = compiled.get(key);
  // The least recently asked for falls out.
  if (known) compiled.delete(key);
  const series = known ?? compile(source);
  compiled.set(key, series);
  if (compiled.size > MAX_COMPILED) compiled.delete(compiled.keys().next().value as string);
  return series;
}

/** A new series, of which more must be than its beginning. Throws InvalidInput for `recurrence`. */
export function newSeries(source: SeriesSource): Series {
  try {
    const series = seriesOf(source);
    const dates = series.dates(Number.NEGATIVE_INFINITY);
    if (dates.next().done || (series.recurrence.rule && !hasMore(series)))
      throw new InvalidInput({ recurrence: 'has no date' });
    return series;
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    throw new InvalidInput({ recurrence: 'cannot be worked out' });
  }
}

/** Whether its rule has a date within the time that anybody asks about. */
const hasMore = ({ dates, last }: Series): boolean =>
  last !== null || [...dates(Number.NEGATIVE_INFINITY).take(2)].length === 2;

/** The lines of a series that ends before that instant, or of the rest of it that begins there. */
export function splitAt(source: SeriesSource, instant: number): { before: string; rest: string } {
  const { recurrence } = seriesOf(source);
  const lines = (isRest: boolean): string => {
    const keeps = (each: number) => each >= instant === isRest;
    const rule = recurrence.rule && partOfRule(source, recurrence.rule, instant, isRest);
    const [added, out] = [recurrence.added.filter(keeps), [...recurrence.leftOut].filter(keeps)];
    return [
      ...(rule ? [`RRULE:${ruleText(rule)}`] : []),
      ...(added.length > 0 ? [`RDATE:${added.map(writeUtc).join(',')}`] : []),
      ...(out.length > 0 ? [`EXDATE:${out.map(writeUtc).join(',')}`] : []),
      ...(recurrence.daysLeftOut.size > 0 ? [`EXDATE;VALUE=DATE:${[...recurrence.daysLeftOut].join(',')}`] : []),
    ].join('\n');
  };
  return { before: lines(false), rest: lines(true) };
}

function partOfRule(
  source: SeriesSource,
  rule: ReadonlyMap<string, string>,
  instant: number,
  isRest: boolean,
): ReadonlyMap<string, string> {
  const parts = new Map(rule);
  // What is counted is told by its last date from now on, so that both parts together have what the whole had.
  parts.delete('COUNT');
  if (!isRest) parts.set('UNTIL', writeUtc(instant - 1_000));
  else if (rule.has('COUNT')) parts.set('UNTIL', writeUtc(seriesOf(source).last ?? source.startsAt));
  return parts;
}
