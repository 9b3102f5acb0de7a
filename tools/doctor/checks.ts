import { randomUUID } from 'node:crypto';
import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { PlatformEnv } from '@polity/kernel/config/env';
import { fingerprint, type Secrets } from '@polity/kernel/config/secrets';
import { StartError } from '@polity/kernel/config/start-error';
import { attachEmbeddedPostgres } from '@polity/kernel/db/embedded';
import { heldKey, keySlots } from '@polity/kernel/db/key-slots';
import { pendingMigrations } from '@polity/kernel/db/migrate';
import { isDatabaseOutage } from '@polity/kernel/db/outage';
import { serverUrl, serviceUrls, withClient } from '@polity/kernel/db/provision';
import { pingNats } from '@polity/kernel/events/nats-bus';
import { openFiles } from '@polity/kernel/files/open';
import { redisStore } from '@polity/kernel/kv/redis';
import { processSecret, secretSource } from '@polity/kernel/process/secret';
import type pg from 'pg';
import { ormDefinitions } from '../orm-definitions.ts';

/** Sentences about what is wrong; none where all is well. */
export type Findings = string[];

const GIGABYTE = 1024 ** 3;
const OLDEST_NODE = [22, 18];
/** Requests between services are dated and live for 30 seconds. */
const SKEW_MS = 5_000;
const OVERDUE_SECONDS = 300;
const RETENTION_HOURS = 3;

/** Settings that are allowed, and not wise in production. */
export function settingsFindings(env: PlatformEnv): Findings {
  if (env.NODE_ENV !== 'production') return [];
  const findings: Findings = [];
  if (!env.PUBLIC_URL?.startsWith('https://'))
    findings.push('PUBLIC_URL is no https address: cookies are not marked as secure.');
  if (!env.SMTP_URL) findings.push('SMTP_URL is not set: no mail is sent.');
  if (env.SUBGRAPHS && !env.NATS_URL)
    findings.push('NATS_URL is not set: events between processes go by post, which suits one machine only.');
  if (env.SUBGRAPHS && !env.REDIS_URL)
    findings.push('REDIS_URL is not set: there can be one replica of each service only.');
  return findings;
}

export function versionFindings(version: string): Findings {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return isOld ? [`Node ${version} is too old: ${OLDEST_NODE.join('.')} or newer is needed.`] : [];
}

/** The secret of this environment, without making one. Throws StartError. */
export async function presentSecret(env: PlatformEnv): Promise<Secrets> {
  if (secretSource(env) === 'secrets.json' && !(await stat(join(env.DATA_DIR, 'secrets.json')).catch(() => null)))
    throw new StartError(
      `There is no secret yet: neither POLITY_SECRET nor ${join(env.DATA_DIR, 'secrets.json')}. The first start makes it.`,
    );
  return processSecret(env);
}

export async function diskFindings(folder: string): Promise<Findings> {
  const disk = await statfs(folder).catch(() => null);
  if (!disk) return [];
  const free = disk.bavail * disk.bsize;
  const share = disk.bavail / disk.blocks;
  if (free > GIGABYTE && share > 0.05) return [];
  return [`The disk of ${folder} is nearly full: ${(free / GIGABYTE).toFixed(1)} GB are free.`];
}

/** The folder, or the nearest one above it that is there. */
async function nearestFolder(folder: string): Promise<string> {
  const isThere = await stat(folder).catch(() => null);
  return isThere || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

/** Whether files can be written: to the folder by its rights, to a bucket by a file that is removed at once. */
export async function fileFindings(env: PlatformEnv): Promise<Findings> {
  if (!env.S3_URL) {
    const folder = await nearestFolder(join(resolve(env.DATA_DIR), 'files'));
    const isWritable = await access(folder, constants.W_OK | constants.X_OK).then(
      async () => (await stat(folder)).isDirectory(),
      () => false,
    );
    return isWritable ? [] : [`Files cannot be written to ${folder}.`];
  }
  const files = openFiles(env);
  const key = `doctor/${randomUUID()}`;
  const look = async function* () {
    yield Buffer.from('x');
  };
  const works = async () => {
    await files.put(key, look(), 1);
    await files.remove([key]);
    await files.ping();
  };
  return works()
    .then(
      () => [],
      () => ['The bucket of S3_URL does not answer, is not there, or refuses to write, list or delete with this key.'],
    )
    .finally(() => files.close());
}

/** Where services find the database server. Throws StartError. */
export async function serverOf(env: PlatformEnv): Promise<string> {
  if (env.DATABASE_URL) return serverUrl(env.DATABASE_URL).href;
  const running = await attachEmbeddedPostgres(env.DATA_DIR);
  if (!running) throw new StartError('The embedded database server does not run: start Polity, then ask again.');
  return running.url('postgres');
}

export async function redisFindings({ REDIS_URL: url, REDIS_PASSWORD: password }: PlatformEnv): Promise<Findings> {
  if (!url) return [];
  const store = redisStore({ url, password });
  return store
    .ping()
    .then(
      () => [],
      () => ['Redis (REDIS_URL) does not answer, or refuses the password.'],
    )
    .finally(() => store.close());
}

export async function natsFindings({
  NATS_URL: url,
  NATS_USER: user,
  NATS_PASSWORD: password,
}: PlatformEnv): Promise<Findings> {
  if (!url) return [];
  return pingNats({ url, user, password }).then(
    () => [],
    () => ['NATS (NATS_URL) does not answer, has no JetStream, or refuses the password.'],
  );
}

/** What each service's own login sees in its database. */
export async function databaseFindings(server: string, secrets: Secrets): Promise<Findings> {
  const findings: Findings = [];
  for (const definition of await ormDefinitions()) {
    const { appUrl } = serviceUrls(server, secrets, `polity_${definition.name}`);
    try {
      await withClient(appUrl, async (client) => {
        const pending = await pendingMigrations(definition, client);
        if (pending.length > 0)
          findings.push(`The database of ${definition.name} lacks ${pending.join(', ')}: run "npm run migrate".`);
        else
          findings.push(
            ...(await eventFindings(definition.name, client)),
            ...(await jobFindings(definition.name, client)),
          );
        if (findings.length === 0 || definition.name === 'access')
          findings.push(...(await serverFindings(client, secrets)));
      });
    } catch (error) {
      findings.push(connectionFinding(definition.name, secrets, error));
    }
  }
  return [...new Set(findings)];
}

function connectionFinding(service: string, secrets: Secrets, error: unknown): string {
  const { code, message } = error as pg.DatabaseError;
  if (error instanceof StartError) return message;
  if (code === '28P01' || code === '28000')
    return `The database server does not know the secret with the fingerprint ${fingerprint(secrets)}: it was prepared with another one, or not yet ("npm run migrate").`;
  if (code === '3D000') return `There is no database for ${service}: run "npm run migrate".`;
  if (isDatabaseOutage(error)) return 'The database server does not answer.';
  return `The database of ${service} cannot be looked at: ${message}.`;
}

async function serverFindings(client: pg.Client, secrets: Secrets): Promise<Findings> {
  const before = Date.now();
  const { rows } = await client.query<{ now: number; version: number }>(
    `select extract(epoch from clock_timestamp())::float8 * 1000 as now, current_setting('server_version_num')::int as version`,
  );
  const skewMs = Math.abs((rows[0]?.now ?? before) - (before + Date.now()) / 2);
  const slots = await keySlots(client);
  const own = slots.find(({ id }) => id === fingerprint(secrets));
  if (own) heldKey(own, secrets);
  return [
    ...((rows[0]?.version ?? 0) < 150_000 ? ['PostgreSQL 15 or newer is needed.'] : []),
    ...(skewMs > SKEW_MS
      ? [
          `The clocks of this machine and of the database server differ by ${Math.round(skewMs / 1_000)} seconds: beyond 30, services refuse each other.`,
        ]
      : []),
    ...(slots.length > 1
      ? [`A former secret still holds beside this one: end the rotation with "npm run secret -- retire".`]
      : []),
  ];
}

async function eventFindings(service: string, client: pg.Client): Promise<Findings> {
  const { rows } = await client.query<{ waiting: number; dead: number }>(
    `select (select coalesce(extract(epoch from now() - min(created_at)), 0)::int from outbox where published_at is null) as waiting,
       (select count(*)::int from dead_letter where state = 'dead') as dead`,
  );
  const { waiting = 0, dead = 0 } = rows[0] ?? {};
  return [
    ...(waiting > 60
      ? [`Events of ${service} have waited for ${waiting} seconds: a consumer or the bus is away.`]
      : []),
    ...(dead > 0 ? [`${service} gave up ${dead} events, which wait to be redriven.`] : []),
  ];
}

async function jobFindings(service: string, client: pg.Client): Promise<Findings> {
  const { rows: failed } = await client.query<{ name: string; n: number }>(
    `select name, count(*)::int as n from job where state = 'failed' group by name order by name`,
  );
  const { rows } = await client.query<{ overdue: number; retention: number }>(
    `select coalesce(extract(epoch from now() - min(greatest(due_at, leased_until))), 0)::int as overdue,
       coalesce(extract(epoch from now() - max(succeeded_at) filter (where name = 'retention')) / 3600, 0)::int as retention
     from job where state = 'waiting'`,
  );
  const { overdue = 0, retention = 0 } = rows[0] ?? {};
  return [
    ...failed.map(({ name, n }) => `${service} gave up ${n} jobs ${name}: "npm run jobs -- status" says why.`),
    ...(overdue > OVERDUE_SECONDS
      ? [`Jobs of ${service} have been due for ${overdue} seconds: no process of it runs them.`]
      : []),
    ...(overdue <= OVERDUE_SECONDS && retention > RETENTION_HOURS
      ? [`${service} keeps old rows longer than it should: its job retention fails.`]
      : []),
  ];
}
