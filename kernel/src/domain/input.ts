import { z } from 'zod';
import { InvalidInput } from '../graph/errors.ts';
import { nameProblem } from '../text/names.ts';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const SLUG_RULE = 'must be 2 to 63 lower-case letters, digits and single hyphens';

export const slug = z.string().min(2, SLUG_RULE).max(63, SLUG_RULE).regex(SLUG, SLUG_RULE);

/** One line of text, 1 to `max` characters, without surrounding space. */
export function line(max: number) {
  const rule = `must be 1 to ${max} characters on one line`;
  return z
    .string()
    .trim()
    .min(1, rule)
    .max(max, rule)
    .regex(/^\P{Cc}*$/u, rule);
}

/** The name of something: a line that reads as what it is wherever it is shown, in messages to strangers too. */
export function name(max: number) {
  return told(line(max), nameProblem);
}

/** Text of several lines, at most `max` characters; PostgreSQL cannot store U+0000. */
export function text(max: number) {
  const rule = `must be at most ${max} characters`;
  return z
    .string()
    .trim()
    .max(max, rule)
    .regex(/^[^\0]*$/, 'must not contain U+0000');
}

/** A part with a rule of its own, which says what is wrong with it, or null. */
export function told<Value>(schema: z.ZodType<Value, Value>, problem: (value: Value) => string | null) {
  return schema.superRefine((value, ctx) => {
    const message = problem(value);
    if (message) ctx.addIssue({ code: 'custom', message });
  });
}

/** A moment after one instant and not after another, both in epoch milliseconds. */
export function moment(rule: string, { after, until }: { after: number; until: number }) {
  return z.date().refine((at) => at.getTime() > after && at.getTime() <= until, rule);
}

/** A part of an update: null and absent leave the value as it is. */
export function change<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** An optional text of at most `max` characters, of which null and nothing but space mean "none". */
export const optionalText = (max: number) =>
  text(max)
    .nullish()
    .transform((value) => (value === undefined ? undefined : value || null));

export const description = optionalText(2_000);

/** A part that may be left out: null, absent and nothing but space are null. */
export function orNone<Value>(schema: z.ZodType<Value, string>) {
  return z
    .string()
    .nullish()
    .transform((value) => value?.trim() || null)
    .pipe(schema.nullable());
}

function withoutAbsent<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}

/** The input in its stored form, absent parts left out. Throws InvalidInput that names every field in breach. */
export function checked<T extends z.ZodType<object>>(schema: T, input: z.input<T>): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return withoutAbsent(result.data);
  throw new InvalidInput(
    Object.fromEntries(result.error.issues.map(({ path, message }) => [path.join('.') || 'input', message])),
  );
}

const REASON_MAX = 500;

/** The reason for an act, for those who look at it later; null for none. Throws InvalidInput for `reason` beyond 500 characters. */
export function readReason(given: string | null | undefined): string | null {
  return checked(z.object({ reason: text(REASON_MAX).nullish() }), { reason: given }).reason || null;
}

/** The same where one must be given. */
export function readNeededReason(given: string): string {
  return checked(z.object({ reason: text(REASON_MAX).min(1, 'is needed') }), { reason: given }).reason;
}
