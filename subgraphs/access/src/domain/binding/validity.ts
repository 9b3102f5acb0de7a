import { InvalidInput } from '@polity/kernel/graph/errors';

/** From when (inclusive) until when (exclusive) a row counts; null is unbounded. */
export interface Interval {
  validFrom?: Date | null;
  validUntil?: Date | null;
}

/** Throws InvalidInput for an interval that is empty or already over. */
export function checkInterval({ validFrom, validUntil }: Interval, nowMs: number): void {
  if (!validUntil) return;
  if (validUntil.getTime() <= nowMs) throw new InvalidInput({ validUntil: 'is in the past' });
  if (validFrom && validFrom >= validUntil) throw new InvalidInput({ validUntil: 'is not after validFrom' });
}

const REASON_MAX = 500;

/** The reason trimmed, or null for none. Throws InvalidInput beyond 500 characters, or where one is needed and missing. */
export function cleanReason(reason: string | null | undefined, needed = false): string | null {
  const text = reason?.trim() ?? '';
  if (text.length > REASON_MAX) throw new InvalidInput({ reason: `is longer than ${REASON_MAX} characters` });
  if (needed && text === '') throw new InvalidInput({ reason: 'is needed' });
  return text === '' ? null : text;
}
