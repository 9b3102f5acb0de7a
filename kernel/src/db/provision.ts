import pg from 'pg';
import { loadSecrets, type Secrets } from '../config/secrets.ts';
import { StartError } from '../config/start-error.ts';
import { login } from './key-slots.ts';
import { APP, ensureRoles, OWNER } from './provision-roles.ts';

export interface Admin {
  host: string;
  port: number;
  user: string;
  password: string;
}

export interface ServiceUrls {
  /** For migrations. */
  ownerUrl: string;
  /** For serving requests, under row level security. */
  appUrl: string;
}

const MIN_VERSION = 150_000;
const LOCK_KEY = 7_651_489_210;
// Written last, as the database's comment: without it, preparing a database was cut short and is done again.
const PREPARED = 'polity: prepared 1';

/**
 * Makes the roles `polity_owner` and `polity_app` and one database `polity_<service>` each, and returns their URLs.
 * Idempotent, and safe when several processes do it at once. `secrets` is a data folder (see loadSecrets) or the secrets
 * themselves; processes that share a server must share the master secret. Throws StartError.
 */
export async function provision<Service extends string>(
  admin: Admin | string,
  services: readonly Service[],
  secrets: string | Secrets = '.data',
): Promise<Record<Service, ServiceUrls>> {
  for (const service of services) checkName(service);
  const adminUrl = serverUrl(typeof admin === 'string' ? admin : urlOf(admin));
  const known = typeof secrets === 'string' ? await loadSecrets(secrets) : secrets;
  await provisioning(adminUrl.href, async (client) => {
    await ensureRoles(client, known);
    await ensureDatabases(
      client,
      adminUrl,
      known,
      services.map((service) => `polity_${service}`),
    );
  });
  const entries = services.map((service) => [service, serviceUrls(adminUrl.href, known, `polity_${service}`)]);
  return Object.fromEntries(entries);
}

/** URLs of one database for the owner and the app role, on the server of `adminUrl` and with its parameters. */
export function serviceUrls(adminUrl: string, secrets: Secrets, database: string): ServiceUrls {
  const as = (role: typeof OWNER | typeof APP) => {
    const url = new URL(adminUrl);
    const { user, password } = login(secrets, role);
    url.username = user;
    url.password = password;
    url.pathname = `/${database}`;
    return url.href;
  };
  return { ownerUrl: as(OWNER), appUrl: as(APP) };
}

/** Creates an empty database for the owner, sorting by code point and with Unicode case rules wherever the server can. */
export async function createDatabase(admin: pg.Client, database: string): Promise<void> {
  const { rows } = await admin.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  const locale =
    (rows[0]?.version ?? 0) >= 170_000
      ? `locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`
      : `locale 'C.UTF-8'`;
  const create = (how: string) =>
    admin.query(`create database ${database} owner ${OWNER} template template0 encoding 'UTF8' ${how}`);
  await create(locale).catch((error: pg.DatabaseError) => {
    // The C library of the server does not know C.UTF-8: what the server itself uses will do.
    if (error.code === '22023' || error.code === '42809') return create('');
    throw error;
  });
}

/** Lets the app role, and nobody else, use a database; run as its owner, before any table is made. */
export async function openToApp(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    await owner.query(`
      revoke all on schema public from public;
      grant usage on schema public to ${APP};
      alter default privileges grant usage on schemas to ${APP};
      alter default privileges grant select, insert, update, delete on tables to ${APP};
      alter default privileges grant usage, select on sequences to ${APP};
    `);
  });
}

/** Closes a database to everyone but the app role and its owner; these rights are not copied from a template. */
export async function closeToOthers(owner: pg.Client, database: string): Promise<void> {
  await owner.query(`revoke all on database ${database} from public; grant connect on database ${database} to ${APP}`);
}

/** Runs `act` with a connected client and closes it. */
export async function withClient<Result>(url: string, act: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

async function ensureDatabases(admin: pg.Client, adminUrl: URL, secrets: Secrets, databases: string[]): Promise<void> {
  const { rows } = await admin.query<{ datname: string; comment: string | null }>(
    `select datname, shobj_description(oid, 'pg_database') as comment from pg_database where datname = any($1)`,
    [databases],
  );
  const comments = new Map(rows.map(({ datname, comment }) => [datname, comment]));
  for (const database of databases) {
    if (comments.get(database) === PREPARED) continue;
    if (!comments.has(database)) await createDatabase(admin, database);
    await prepare(admin, adminUrl.href, secrets, database);
  }
}

/** Makes an empty database that is ready for its first migration. */
export async function createPrepared(
  admin: pg.Client,
  adminUrl: string,
  secrets: Secrets,
  database: string,
): Promise<void> {
  await createDatabase(admin, database);
  await prepare(admin, adminUrl, secrets, database);
}

async function prepare(admin: pg.Client, adminUrl: string, secrets: Secrets, database: string): Promise<void> {
  await openToApp(serviceUrls(adminUrl, secrets, database).ownerUrl);
  await closeToOthers(admin, database);
  await admin.query(`comment on database ${database} is '${PREPARED}'`);
}

/** Runs `act` as the administrator of a server while nobody else prepares it. Throws StartError. */
export async function provisioning(server: string, act: (client: pg.Client) => Promise<void>): Promise<void> {
  const adminUrl = serverUrl(server);
  try {
    await withClient(adminUrl.href, async (client) => {
      const { rows } = await client.query<{ number: number; name: string }>(
        `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
      );
      if ((rows[0]?.number ?? 0) < MIN_VERSION) {
        throw new StartError(`PostgreSQL 15 or newer is needed; the server at ${adminUrl.host} is ${rows[0]?.name}.`);
      }
      await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
      await act(client);
    });
  } catch (cause) {
    throw cause instanceof StartError ? cause : explain(adminUrl, cause as pg.DatabaseError);
  }
}

function explain(adminUrl: URL, cause: pg.DatabaseError): StartError {
  const place = `the PostgreSQL server at ${adminUrl.host}`;
  const sentences: Record<string, string> = {
    '28P01': `User ${adminUrl.username} was refused by ${place}: check the password.`,
    '28000': `User ${adminUrl.username} was refused by ${place}.`,
    '3D000': `Database ${adminUrl.pathname.slice(1)} does not exist on ${place}.`,
    '42501': `User ${adminUrl.username} needs the right to create roles and databases on ${place} (CREATEROLE CREATEDB): ${cause.message}.`,
  };
  const sentence =
    sentences[cause.code ?? ''] ?? `The databases could not be prepared on ${place}: ${cause.message || cause.code}.`;
  return new StartError(sentence, { cause });
}

function checkName(service: string): void {
  // Names become identifiers in SQL; PostgreSQL cuts them at 63 bytes.
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(service)) throw new TypeError(`"${service}" is not a service name`);
}

function urlOf({ host, port, user, password }: Admin): string {
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/postgres`;
}

/** The address of a server out of DATABASE_URL. Throws StartError. */
export function serverUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isUsable = url !== undefined && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '';
  if (!isUsable)
    throw new StartError(
      'DATABASE_URL must look like postgres://host:5432/postgres, for an administrator postgres://user:password@host:5432/postgres.',
    );
  if (url.pathname === '' || url.pathname === '/') url.pathname = '/postgres';
  return url;
}
