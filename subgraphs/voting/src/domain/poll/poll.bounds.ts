// Shares and thresholds are exact: whether two thirds were reached must not hang on how a machine writes two thirds.

/** Parts of a whole that a share is kept in. */
export const WHOLE = 10_000;

interface Issues {
  addIssue(issue: { code: 'custom'; message: string }): void;
}

const SHARE_RULE = 'must be a share from 0 to 1 or a percentage up to 100, to two decimals of a percent';

/** A share as ten-thousandths: up to 1 it is a share of the whole, above that a percentage. */
export function readShare(given: number | null | undefined, { addIssue }: Issues): number | null | undefined {
  if (given === null || given === undefined) return given;
  const parts = given <= 1 ? given * WHOLE : given * (WHOLE / 100);
  const rounded = Math.round(parts);
  // 0.57 * 10,000 is not quite 5,700.
  if (rounded >= 1 && rounded <= WHOLE && Math.abs(parts - rounded) < 1e-6) return rounded;
  addIssue({ code: 'custom', message: SHARE_RULE });
  return null;
}

/** The share that a poll needs. */
export interface Threshold {
  /** Whether reaching exactly that share is too little. */
  above: boolean;
  numerator: bigint;
  denominator: bigint;
}

const THRESHOLD = /^(>?)\s*(?:(\d{1,6})\/(\d{1,6})|(\d{1,3})(?:\.(\d{1,6}))?\s*(%?))$/;

/** A threshold such as `2/3`, `50%`, `0.6` or, for more than that, `>1/2`; null where it is none. */
export function thresholdOf(written: string): Threshold | null {
  const [, above, over, under, units, decimals = '', percent] = THRESHOLD.exec(written.trim()) ?? [];
  if (above === undefined) return null;
  const read =
    over !== undefined
      ? { numerator: BigInt(over), denominator: BigInt(under as string) }
      : {
          numerator: BigInt(`${units}${decimals}`),
          denominator: 10n ** BigInt(decimals.length) * (percent ? 100n : 1n),
        };
  const fits = read.denominator > 0n && read.numerator > 0n && read.numerator <= read.denominator;
  const reachable = above === '' || read.numerator < read.denominator;
  return fits && reachable ? { above: above !== '', ...read } : null;
}

/** A threshold as it is stored. */
export function readThreshold(given: string | null | undefined, { addIssue }: Issues): string | null | undefined {
  if (given === null || given === undefined) return given;
  if (thresholdOf(given)) return given.trim();
  addIssue({ code: 'custom', message: 'must be a share such as 2/3, 50% or >1/2' });
  return null;
}

/** Whether so many of so many are that share. Nobody out of nobody is not. */
export function reaches({ above, numerator, denominator }: Threshold, votes: bigint, all: bigint): boolean {
  if (all === 0n) return false;
  const [left, right] = [votes * denominator, numerator * all];
  return above ? left > right : left >= right;
}

/** A share as it is shown; null for none. */
export const percentage = (share: number | null | undefined): number | null => (!share ? null : (share * 100) / WHOLE);
