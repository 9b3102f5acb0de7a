import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import { type Secrets, secretsFrom } from '../config/secrets.ts';
import { startEmbeddedPostgres } from '../db/embedded.ts';
import {
  closeToOthers,
  createDatabase,
  openToApp,
  type ServiceUrls,
  serviceUrls,
  withClient,
} from '../db/provision.ts';
import { ensureRoles, OWNER } from '../db/provision-roles.ts';

export interface TestServer {
  adminUrl: string;
  stop(): Promise<void>;
}

/** A migrated database that test databases are copied from. */
export interface Template {
  database: string;
}

export interface TestDatabase extends ServiceUrls {
  drop(): Promise<void>;
}

/** Names the run's server to the jest workers, which inherit the environment of the process that starts them. */
export const TEST_SERVER_VARIABLE = 'POLITY_TEST_POSTGRES';

const MIGRATED = 'polity: migrated';

/** Starts the one PostgreSQL server of a test run, in a temporary folder that goes when the run ends, however it ends; call from jest's globalSetup. Settings of the server may be added. */
export async function startTestServer(more: Record<string, string> = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'polity-test-'));
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_wal_size: '1GB',
      autovacuum: 'off',
      ...more,
    },
  });
  const adminUrl = server.url('postgres');
  const { pid, cluster } = await withClient(adminUrl, async (admin) => {
    await ensureRoles(admin, secretsOf(adminUrl));
    return whereIs(admin);
  });
  // As root under a private TMPDIR the cluster lies elsewhere.
  const folders = [folder, dirname(cluster)];
  const guard = guardAgainstKill(pid, folders);
  process.env[TEST_SERVER_VARIABLE] = adminUrl;
  return {
    adminUrl,
    stop: async () => {
      await server.stop();
      guard.kill('SIGKILL');
      for (const path of folders) await rm(path, { recursive: true, force: true });
      delete process.env[TEST_SERVER_VARIABLE];
    },
  };
}

/** The superuser's URL of the run's server. Throws when jest's globalSetup did not start one. */
export function testAdminUrl(): string {
  const url = process.env[TEST_SERVER_VARIABLE];
  if (!url) throw new Error('no test database server: jest must run with the globalSetup that calls startTestServer()');
  return url;
}

/** Migrates one database per name and run, however many workers ask; `migrate` gets the owner's URL of an empty database and must close its connections. */
export async function createTemplate(name: string, migrate: (ownerUrl: string) => Promise<void>): Promise<Template> {
  const adminUrl = testAdminUrl();
  const database = `template_${identifier(name)}`;
  await withClient(adminUrl, async (admin) => {
    await admin.query('select pg_advisory_lock(hashtextextended($1, 0))', [database]);
    const { rows } = await admin.query<{ comment: string | null }>(
      `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1`,
      [database],
    );
    if (rows[0]?.comment === MIGRATED) return;
    await admin.query(`drop database if exists ${database} with (force)`);
    await createDatabase(admin, database);
    const { ownerUrl } = serviceUrls(adminUrl, secretsOf(adminUrl), database);
    await openToApp(ownerUrl);
    await migrate(ownerUrl);
    // A copy fails while anyone is connected to its template.
    await admin.query(`alter database ${database} allow_connections false`);
    await admin.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [database]);
    await admin.query(`comment on database ${database} is '${MIGRATED}'`);
  });
  return { database };
}

/** Copies a template into a database of its own, opened to the roles of production. */
export async function databaseFromTemplate({ database: template }: Template): Promise<TestDatabase> {
  const adminUrl = testAdminUrl();
  const database = `test_${randomBytes(8).toString('hex')}`;
  await withClient(adminUrl, async (admin) => {
    await admin.query(`create database ${database} template ${template} strategy file_copy owner ${OWNER}`);
    await closeToOthers(admin, database);
  });
  return {
    ...serviceUrls(adminUrl, secretsOf(adminUrl), database),
    drop: () =>
      withClient(
        adminUrl,
        async (admin) => void (await admin.query(`drop database if exists ${database} with (force)`)),
      ),
  };
}

async function whereIs(admin: pg.Client): Promise<{ pid: number; cluster: string }> {
  const { rows } = await admin.query<{ file: string }>(`select pg_read_file('postmaster.pid') as file`);
  const [pid, cluster] = (rows[0]?.file ?? '').split('\n');
  return { pid: Number(pid), cluster: cluster ?? '' };
}

// Every worker must arrive at the same role passwords without a file.
function secretsOf(adminUrl: string): Secrets {
  return secretsFrom(createHash('sha256').update(adminUrl).digest('base64url'));
}

function identifier(name: string): string {
  const suffix = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 40)}_${suffix}`;
}

// jest ends without globalTeardown on Ctrl-C or a kill; then the shell's stdin closes, and it ends the server and its files.
function guardAgainstKill(pid: number, folders: string[]) {
  const script = 'read _; kill -QUIT "$0"; while kill -0 "$0"; do sleep 0.1; done; rm -rf "$@"';
  const guard = spawn('/bin/sh', ['-c', script, String(pid), ...folders], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => {});
  guard.unref();
  return guard;
}
