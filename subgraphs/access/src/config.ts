import { StartError } from '@polity/kernel/config/start-error';
import { z } from 'zod';

const shape = z.object({
  /** Share of ordinary allows that the decision log keeps, 0 to 1. */
  ACCESS_LOG_ALLOW_SHARE: z.coerce.number().min(0).max(1).default(0.01),
});

export interface Config {
  allowShare: number;
}

/** What the environment says about access. Throws StartError that lists every problem. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = shape.safeParse(env);
  if (!parsed.success) {
    throw new StartError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  }
  return { allowShare: parsed.data.ACCESS_LOG_ALLOW_SHARE };
}
