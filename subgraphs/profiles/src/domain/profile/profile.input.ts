import { change, line, moment, optionalText, told } from '@polity/kernel/domain/input';
import { z } from 'zod';
import { audiences } from './profile.entity.ts';

const MAX_URL = 500;
const YEAR_MS = 366 * 86_400_000;

/** Why a text is no address of a page; null for a good one. */
export function addressProblem(text: string): string | null {
  if (text.length > MAX_URL || !URL.canParse(text)) return 'must be the address of a page';
  const { protocol, username, password } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'must begin with https:// or http://';
  return username || password ? 'must not name an account' : null;
}

function localeProblem(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text).length === 1 ? null : 'is no language';
  } catch {
    return 'is no language';
  }
}

function zoneProblem(text: string): string | null {
  try {
    return /^[A-Za-z]/.test(text) && new Intl.DateTimeFormat('en', { timeZone: text }) ? null : 'is no time zone';
  } catch {
    return 'is no time zone';
  }
}

/** Null and nothing but space take a line away; absent leaves it. */
const optionalLine = (max: number) =>
  z
    .string()
    .nullish()
    .transform((value) => (value === undefined ? undefined : value?.trim() || null))
    .pipe(line(max).nullish());

/** One of few words that stand for something. */
const optionalWord = (max: number, problem: (text: string) => string | null) =>
  z
    .string()
    .nullish()
    .transform((value) => (value === undefined ? undefined : value?.trim() || null))
    .pipe(told(z.string().max(max, 'is too long'), (text) => (text.length > max ? null : problem(text))).nullish());

/** A list of which null is an empty one. */
const list = <Item extends z.ZodType>(item: Item, max: number) =>
  z
    .array(item)
    .max(max, `must be at most ${max}`)
    .nullish()
    .transform((value) => (value === undefined ? undefined : (value ?? [])));

const link = z.object({
  label: optionalLine(60).transform((label) => label ?? null),
  url: told(z.string().trim(), addressProblem),
});

/** The parts of a profile, as of an instant in epoch milliseconds. */
export const profileChanges = (nowMs: number) =>
  z.object({
    bio: optionalText(2_000),
    pronouns: optionalLine(60),
    location: optionalLine(100),
    links: list(link, 10),
    interests: list(line(40), 20).transform((interests) => interests && [...new Set(interests)]),
    locale: optionalWord(35, localeProblem).transform((locale) => locale && Intl.getCanonicalLocales(locale)[0]),
    timeZone: optionalWord(64, zoneProblem),
    status: z
      .object({
        text: line(100),
        until: moment('must be within a year from now', { after: nowMs, until: nowMs + YEAR_MS }).nullish(),
      })
      .nullish(),
    customFields: z
      .array(z.object({ fieldId: z.string(), value: z.string().max(1_000, 'is too long').nullish() }))
      .max(50, 'must be at most 50')
      .nullish(),
  });

const audience = change(z.enum(audiences));

/** Who reads what. */
export const privacyChanges = z.object({
  bio: audience,
  pronouns: audience,
  location: audience,
  links: audience,
  interests: audience,
  avatar: audience,
  follows: audience,
  activity: audience,
  approvesFollowers: change(z.boolean()),
});
