/** Growing pause between tries, in milliseconds. */
export interface Backoff {
  baseMs: number;
  maxMs: number;
}

/** One second, doubling up to half a minute: when what was away is back, nothing waits longer than that. */
export const patientBackoff: Backoff = { baseMs: 1_000, maxMs: 30_000 };

/** Milliseconds to wait after the given failed attempt (1 is the first), drawn evenly from zero to the bound (full jitter). */
export function fullJitter(attempt: number, { baseMs, maxMs }: Backoff, random: () => number = Math.random): number {
  return random() * Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 30));
}
