import { z } from 'zod';
import { type OutboundAllow, parseOutboundAllow } from '../http/outbound-addresses.ts';
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

/** A share of the whole, 0 to 1. */
export function share() {
  const message = 'must be a number between 0 and 1';
  return z
    .string()
    .regex(/^\d(\.\d{1,9})?$/, message)
    .transform(Number)
    .refine((value) => value <= 1, message);
}

/** Words separated by commas, each of which passes. */
export function listOf(passes: (text: string) => boolean, message: string) {
  return z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean),
    )
    .refine((entries) => entries.every(passes), message);
}

/** An origin as browsers send it: no path, no standard port, no `*`, never `null`. */
const isOrigin = (text: string) => /^https?:[^*]*$/.test(text) && URL.parse(text)?.origin === text;

/** Origins of front ends, separated by commas; none by default. */
export function origins() {
  return listOf(isOrigin, 'must list origins such as https://app.example.org, separated by commas');
}

/** Hosts, addresses and ranges of the own network, separated by commas. */
function outboundAllow() {
  const message = 'must list hosts, addresses or ranges, separated by commas';
  return z
    .string()
    .refine((text) => parseOutboundAllow(text) !== null, message)
    .transform((text) => parseOutboundAllow(text) as OutboundAllow);
}

/** Settings of every Polity process (docs/configuration.md). All are optional in the one-process shape. */
export const platformEnv = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: port().default(4000),
  OPS_PORT: port().default(4001),
  /** Not `HOST`, which some shells set by themselves. */
  LISTEN_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be an address or the name of a host')
    .optional(),
  /** Milliseconds for which a process that was told to stop serves on, so that balancers see that it is not ready any more. */
  DRAIN_MS: integer(0, 600_000).optional(),
  DATA_DIR: z.string().default('.data'),
  SEED: z.enum(['demo', 'none']).default('demo'),
  DEFAULT_TENANT: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'must be the slug of a tenant')
    .default('demo'),
  PUBLIC_URL: url('http', 'https').optional(),
  /** Lets a production start go on although people would come over plain http. */
  ALLOW_HTTP: flag().default(false),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  /** Connections to PostgreSQL that this process opens at most, all together. */
  DATABASE_CONNECTIONS: integer(5, 1_000).default(80),
  REDIS_URL: url('redis', 'rediss').optional(),
  /** Replicas of Redis that must confirm an access stamp before a revoke is acknowledged. */
  REDIS_REPLICAS: integer(0, 10).default(0),
  NATS_URL: url('nats', 'tls', 'ws', 'wss').optional(),
  /** Beside the addresses, where they would have to be encoded. */
  REDIS_PASSWORD: z.string().optional(),
  NATS_USER: z.string().optional(),
  NATS_PASSWORD: z.string().optional(),
  /** Where the subgraphs are, as `name=url` separated by commas; only for processes that are apart. */
  SUBGRAPHS: z.string().optional(),
  /** First of the ports of subgraphs that `npm run start:many` starts; without it each has the port of the registry. */
  SUBGRAPH_PORT: port().optional(),
  SMTP_URL: url('smtp', 'smtps').optional(),
  /** Where files go, with the access key as its user: `s3+https://key@host/bucket?region=…`. Without it, into DATA_DIR. */
  S3_URL: url('s3+https', 's3+http').optional(),
  /** Beside the address, where it would have to be encoded. */
  S3_SECRET_KEY: z.string().optional(),
  /** Servers of the own network that requests to addresses of others' choice may reach. */
  OUTBOUND_ALLOW: outboundAllow().optional(),
  /** Collector of traces by OTLP over HTTP, such as `http://collector:4318`; without it there are no spans. */
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http', 'https').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  POLITY_SECRET: secret(43).optional(),
  /** A file that holds the secret, as orchestrators mount them. */
  POLITY_SECRET_FILE: z.string().optional(),
  /** Password for a user that DATABASE_URL names without one; any characters, where the URL would need them encoded. */
  PGPASSWORD: z.string().optional(),
});

export type PlatformEnv = z.infer<typeof platformEnv>;

/** Address to listen on: a development start has published accounts, so only its own machine reaches it unless it is told otherwise. */
export function listenHost({ LISTEN_HOST, NODE_ENV }: PlatformEnv): string {
  return LISTEN_HOST ?? (NODE_ENV === 'production' ? '0.0.0.0' : '127.0.0.1');
}

/** Address under which people reach the installation. Throws StartError for plain http in production, where anyone on the way could read sessions. */
export function publicUrlOf({ PUBLIC_URL, NODE_ENV, ALLOW_HTTP, PORT }: PlatformEnv): string {
  const address = PUBLIC_URL ?? `http://localhost:${PORT}`;
  if (NODE_ENV !== 'production' || address.startsWith('https:') || ALLOW_HTTP) return address;
  throw new StartError(
    'PUBLIC_URL must begin with https:// in production, also where a proxy in front ends TLS. ALLOW_HTTP=true lets it start all the same.',
  );
}

/** Five seconds in production; elsewhere Ctrl-C ends at once. */
export function drainMs({ DRAIN_MS, NODE_ENV }: PlatformEnv): number {
  return DRAIN_MS ?? (NODE_ENV === 'production' ? 5_000 : 0);
}

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
