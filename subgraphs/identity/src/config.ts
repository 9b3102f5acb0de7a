import { StartError } from '@polity/kernel/config/start-error';
import { z } from 'zod';

const shape = z.object({
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
    .optional(),
  SECRET_KEY_IDS: z
    .string()
    .regex(/^[a-z0-9_-]+(,[a-z0-9_-]+)*$/i, 'must be names with commas between them')
    .default('k1'),
  MAIL_FROM: z.string().min(3).default('Polity <no-reply@polity.invalid>'),
});

export interface IdentityConfig {
  /** Address of the mail server; absent in development, where mails are kept instead. */
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Names of the keys of secrets at rest: the first seals, all open. */
  secretKeyIds: string[];
}

/** Reads the environment of this subgraph. Throws a StartError that lists every problem. */
export function readConfig(env: Record<string, string | undefined>): IdentityConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = shape.safeParse(given);
  if (!result.success) {
    throw new StartError(result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`).join(' '));
  }
  return {
    smtpUrl: result.data.SMTP_URL,
    mailFrom: result.data.MAIL_FROM,
    secretKeyIds: result.data.SECRET_KEY_IDS.split(','),
  };
}
