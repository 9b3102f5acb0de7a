import { z } from 'zod';

const MOST = 1_000_000_000;

/** A limit of at least so much; null for none. */
export const limitFrom = (least: number) =>
  z
    .number()
    .min(least, `must be ${least} to ${MOST}`)
    .max(MOST, `must be ${least} to ${MOST}`)
    .nullish()
    .transform((value) => value ?? null);
