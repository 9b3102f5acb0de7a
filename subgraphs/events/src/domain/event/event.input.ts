import { visibilities } from '@polity/kernel/access/visibility';
import { change, line, text } from '@polity/kernel/domain/input';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { canonicalId } from '@polity/kernel/ids';
import { z } from 'zod';
import { RECURRENCE_MAX } from '../recurrence/rule.ts';
import { zoneNamed } from '../recurrence/zone.ts';
import { attendeeAudiences } from './event.entity.ts';

const MAX_DAYS = 366;
const DAY_MS = 86_400_000;
/** Between the years 1900 and 2500, which every part of the calendar can count in. */
const moment = z.date().refine((at) => at.getUTCFullYear() >= 1900 && at.getUTCFullYear() < 2500, 'lies too far away');

/** An optional text of which null and nothing but space mean "none". */
const optional = (max: number) =>
  text(max)
    .nullish()
    .transform((value) => (value === undefined ? undefined : value || null));
const url = optional(2_000).refine((value) => {
  if (!value) return true;
  const parsed = URL.parse(value);
  return parsed !== null && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.password;
}, 'must be an http or https URL without a name or password');
const number = (min: number, max: number) =>
  z.number().int().min(min, `must be ${min} to ${max}`).max(max, `must be ${min} to ${max}`);
const nullable = <T extends z.ZodType>(schema: T) => schema.nullish();
const words = (max: number, length: number) => z.array(line(length)).max(max, `must be at most ${max}`);
const degrees = (max: number) =>
  z.number().min(-max, `must be -${max} to ${max}`).max(max, `must be -${max} to ${max}`);

const parts = {
  description: optional(20_000),
  visibility: change(z.enum(visibilities)),
  location: optional(500),
  latitude: nullable(degrees(90)),
  longitude: nullable(degrees(180)),
  onlineUrl: url,
  allDay: change(z.boolean()),
  recurrence: optional(RECURRENCE_MAX),
  capacity: nullable(number(1, 100_000)),
  guestLimit: change(number(0, 20)),
  tags: change(words(20, 50).transform((tags) => [...new Set(tags)])),
  priceNote: optional(200),
  image: z.string().nullish(),
  rsvpClosesMinutes: nullable(number(0, 525_600)),
  acceptMinutes: nullable(number(5, 43_200)),
  needsApproval: change(z.boolean()),
  questions: change(words(10, 200)),
  attendeesShownTo: change(z.enum(attendeeAudiences)),
  selfCheckIn: change(z.boolean()),
  organizerId: change(z.string()),
  coOrganizerIds: change(
    z
      .array(z.string())
      .max(10, 'must be at most 10')
      .transform((ids) => [...new Set(ids.map(canonicalId))]),
  ),
};

const timeZone = z.string().transform((name, ctx) => {
  const zone = zoneNamed(name);
  if (zone) return zone;
  ctx.addIssue({ code: 'custom', message: 'must be a time zone by its IANA name, such as Europe/Berlin' });
  return z.NEVER;
});

export const newEvent = z.object({
  ...parts,
  title: line(200),
  startsAt: moment,
  endsAt: moment,
  timeZone,
  draft: change(z.boolean()),
});

export const eventChanges = z.object({
  ...parts,
  title: change(line(200)),
  startsAt: change(moment),
  endsAt: change(moment),
  timeZone: change(timeZone),
});

export type ReadChanges = z.output<typeof eventChanges>;

/** Throws InvalidInput for `endsAt` before the start or more than 366 days after it. */
export function checkSpan({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): void {
  if (endsAt < startsAt) throw new InvalidInput({ endsAt: 'must not lie before startsAt' });
  if (endsAt.getTime() - startsAt.getTime() > MAX_DAYS * DAY_MS)
    throw new InvalidInput({ endsAt: `must lie within ${MAX_DAYS} days of startsAt` });
}

const FOR_ONE_DATE = new Set(['title', 'description', 'location', 'onlineUrl', 'startsAt', 'endsAt']);

/** Throws InvalidInput for what one date cannot have of its own. */
export function checkForOneDate(changes: object): void {
  const others = Object.keys(changes).filter((name) => !FOR_ONE_DATE.has(name));
  if (others.length > 0)
    throw new InvalidInput(Object.fromEntries(others.map((name) => [name, 'is the same for all dates of a series'])));
}
