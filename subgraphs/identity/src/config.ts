import { type Env, integer, origins, readEnv, url } from '@polity/kernel/config/env';
import { z } from 'zod';
import { PERSONAL_DIRECTORY, PRESETS, type PresetKey, type PresetSettings } from './domain/upstream/presets.ts';

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Client id and secret as they stand with the provider, with a colon between them. */
const client = () =>
  z
    .string()
    .regex(/^[^:\s]{1,255}:\S{1,500}$/, 'must be a client id and a secret with a colon between them')
    .transform((text) => ({
      clientId: text.slice(0, text.indexOf(':')),
      clientSecret: text.slice(text.indexOf(':') + 1),
    }))
    .optional();

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
  /** Passwords that were found in breaches, as Have I Been Pwned publishes them, ordered by hash. */
  BREACHED_PASSWORDS_FILE: z.string().min(1).optional(),
  /** Providers at which people of every tenant may sign in. */
  UPSTREAM_GOOGLE: client(),
  UPSTREAM_MICROSOFT: client(),
  UPSTREAM_GITHUB: client(),
  UPSTREAM_DISCORD: client(),
  /** Directory of an organization at Microsoft; that of personal accounts unless given. */
  UPSTREAM_MICROSOFT_DIRECTORY: z.string().regex(GUID, 'must be the id of a directory').default(PERSONAL_DIRECTORY),
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
  presets: PresetSettings;
  breachedPasswordsFile: string | undefined;
}

/** Reads the environment of this subgraph. Throws a StartError that lists every problem. */
export function readConfig(env: Env): IdentityConfig {
  const read = readEnv(settings, env, 'identity');
  const named = (key: PresetKey) => read[`UPSTREAM_${key.toUpperCase()}` as `UPSTREAM_${Uppercase<PresetKey>}`];
  const clients = Object.fromEntries(PRESETS.flatMap((key) => (named(key) ? [[key, named(key)]] : [])));
  return {
    smtpUrl: read.SMTP_URL,
    mailFrom: read.MAIL_FROM,
    secretKeyIds: read.SECRET_KEY_IDS.split(','),
    allowedOrigins: read.ALLOWED_ORIGINS,
    auditDays: read.AUDIT_DAYS,
    invitationDays: read.INVITATION_DAYS,
    breachedPasswordsFile: read.BREACHED_PASSWORDS_FILE,
    presets: { clients, directory: read.UPSTREAM_MICROSOFT_DIRECTORY.toLowerCase() },
  };
}
