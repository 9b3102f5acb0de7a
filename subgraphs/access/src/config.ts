import { type Env, integer, readEnv, share } from '@polity/kernel/config/env';
import { z } from 'zod';

/** Settings of this subgraph, by the names that operators give them (docs/configuration.md). */
export const settings = z
  .object({
    /** Share of ordinary allows that the decision log keeps, 0 to 1. */
    ACCESS_LOG_ALLOW_SHARE: share().default(0.01),
    /** Days for which logged decisions are kept. */
    ACCESS_LOG_DAYS: integer(1, 3_650).default(90),
    /** Days for which the history of changes is kept; late events and replays of logged decisions look into it. */
    ACCESS_CHANGE_DAYS: integer(90, 36_500).default(730),
  })
  // Asked of wrong values too, of which the sentence about the setting itself says enough.
  .refine(
    (read) => !(read.ACCESS_CHANGE_DAYS < read.ACCESS_LOG_DAYS),
    'ACCESS_CHANGE_DAYS must be at least ACCESS_LOG_DAYS: a decision is replayed from the changes since',
  );

export interface Config {
  allowShare: number;
  logDays: number;
  changeDays: number;
}

/** What the environment says about access. Throws StartError that lists every problem. */
export function readConfig(env: Env): Config {
  const read = readEnv(settings, env, 'access');
  const { ACCESS_LOG_ALLOW_SHARE: allowShare, ACCESS_LOG_DAYS: logDays, ACCESS_CHANGE_DAYS: changeDays } = read;
  return { allowShare, logDays, changeDays };
}
