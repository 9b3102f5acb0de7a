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
