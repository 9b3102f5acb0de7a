import { type Env, integer, origins, readEnv, url } from '@polity/kernel/config/env';
import { z } from 'zod';

/** Settings of this subgraph, by the names that operators give them (docs/configuration.md). */
export const settings = z.object({
  SMTP_URL: url('smtp', 'smtps').optional(),
  SECRET_KEY_IDS: z
    .string()
    .regex(/^[a-z0-9_-]+(,[a-z0-9_-]+)*$/i, 'must be names with commas between them')
    .default('k1'),
  /** Days that the audit log is kept; a month of it can be removed by nobody. */
  AUDIT_DAYS: integer(30, 36_500).default(730),
  /** Days that an invitation is kept after its end, with who came in by it. */
  INVITATION_DAYS: integer(1, 3_650).default(90),
  /** The gateway's setting: where front ends may ask the graph, people may use their passkeys. */
  ALLOWED_ORIGINS: origins(),
  MAIL_FROM: z.string().min(3).default('Polity <no-reply@polity.invalid>'),
});

export interface IdentityConfig {
  /** Address of the mail server; absent in development, where mails are kept instead. */
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Names of the keys of secrets at rest: the first seals, all open. */
  secretKeyIds: string[];
  allowedOrigins: readonly string[];
  auditDays: number;
  invitationDays: number;
}

/** Reads the environment of this subgraph. Throws a StartError that lists every problem. */
export function readConfig(env: Env): IdentityConfig {
  const read = readEnv(settings, env, 'identity');
  return {
    smtpUrl: read.SMTP_URL,
    mailFrom: read.MAIL_FROM,
    secretKeyIds: read.SECRET_KEY_IDS.split(','),
    allowedOrigins: read.ALLOWED_ORIGINS,
    auditDays: read.AUDIT_DAYS,
    invitationDays: read.INVITATION_DAYS,
  };
}
