import { z } from 'zod';
import { StartError } from './start-error.ts';

const list = new Intl.ListFormat('en', { type: 'disjunction' });

/** A TCP port, 0 (any free one) to 65535. */
export function port() {
  const message = 'must be a port number between 0 and 65535';
  return z
    .string()
    .regex(/^\d{1,5}$/, message)
    .transform(Number)
    .refine((value) => value <= 65_535, message);
}

/** An absolute URL with one of the given schemes, without trailing slashes; its value is never shown, for it may hold a password. */
export function url(...schemes: [string, ...string[]]) {
  const accepted = (value: string) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1));
  const message = `must be a URL that starts with ${list.format(schemes.map((scheme) => `${scheme}://`))}`;
  return z
    .string()
    .refine(accepted, message)
    .transform((value) => value.replace(/\/+$/, ''));
}

/** A switch: `true`, `yes`, `on`, `1` or `false`, `no`, `off`, `0`. */
export function flag() {
  return z.stringbool({
    truthy: ['true', 'yes', 'on', '1'],
    falsy: ['false', 'no', 'off', '0'],
    error: 'must be true or false',
  });
}

/** Key material of at least that many characters; its value is never shown. */
export function secret(minLength = 32) {
  return z.string().min(minLength, `must be at least ${minLength} characters long`);
}

/** A whole number within bounds, such as a size or a number of seconds. */
export function integer(min: number, max: number) {
  const message = `must be a whole number between ${min} and ${max}`;
  return z
    .string()
    .regex(/^-?\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

/** Settings of every Polity process (docs/configuration.md). All are optional in the one-process shape. */
export const platformEnv = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: port().default(4000),
  OPS_PORT: port().default(4001),
  DATA_DIR: z.string().default('.data'),
  SEED: z.enum(['demo', 'none']).default('demo'),
  DEFAULT_TENANT: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'must be the slug of a tenant')
    .default('demo'),
  PUBLIC_URL: url('http', 'https').optional(),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  REDIS_URL: url('redis', 'rediss').optional(),
  /** Replicas of Redis that must confirm an access stamp before a revoke is acknowledged. */
  REDIS_REPLICAS: integer(0, 10).default(0),
  NATS_URL: url('nats', 'tls', 'ws', 'wss').optional(),
  /** Where the subgraphs are, as `name=url` separated by commas; only for processes that are apart. */
  SUBGRAPHS: z.string().optional(),
  SMTP_URL: url('smtp', 'smtps').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  POLITY_SECRET: secret(43).optional(),
});

export type PlatformEnv = z.infer<typeof platformEnv>;

/** Environment variables as Node gives them. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Environment of this process; read through `readEnv` only. */
export const processEnv: Env = process.env;

// Compose files and shells pass an unset variable on as an empty one.
function given(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}

function sentence(issue: z.core.$ZodIssue, env: Env): string {
  const name = issue.path.join('.');
  if (name && env[name] === undefined) return `${name} is not set.`;
  if (issue.code === 'invalid_value') return `${name} must be ${list.format(issue.values.map(String))}.`;
  return `${name} ${issue.message}.`.trimStart();
}

/** The settings of the part called `name`. Empty variables count as unset. Throws one StartError that lists every problem, without values. */
export function readEnv<S extends z.ZodObject>(schema: S, env: Env, name: string): z.infer<S> {
  const known = given(env);
  const read = schema.safeParse(known);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => sentence(issue, known));
  if (problems.length === 1) throw new StartError(`${name}: ${problems[0]}`);
  throw new StartError(`${name}: ${problems.length} settings are wrong.\n  ${problems.join('\n  ')}`);
}
