import { StartError } from '@polity/kernel/config/start-error';
import { z } from 'zod';

const shape = z.object({
  /** Share of ordinary allows that the decision log keeps, 0 to 1. */
  ACCESS_LOG_ALLOW_SHARE: z.coerce.number().min(0).max(1).default(0.01),
  /** Days for which logged decisions are kept. */
  ACCESS_LOG_DAYS: z.coerce.number().int().min(1).max(3_650).default(90),
});

export interface Config {
  allowShare: number;
  logDays: number;
}

/** What the environment says about access. Throws StartError that lists every problem. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = shape.safeParse(env);
  if (!parsed.success) {
    throw new StartError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  }
  const { ACCESS_LOG_ALLOW_SHARE: allowShare, ACCESS_LOG_DAYS: logDays } = parsed.data;
  return { allowShare, logDays };
}
