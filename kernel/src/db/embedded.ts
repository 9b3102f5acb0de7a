import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StartError } from '../config/start-error.ts';
import { freePort } from '../process/free-port.ts';
import { installBinaries } from './embedded-binaries.ts';
import { createCluster, hasCluster, resetPassword } from './embedded-cluster.ts';
import { type Home, openHome, passwordOf } from './embedded-home.ts';
import { takeLock } from './embedded-lock.ts';
import { type Launch, launchServer, type Server, stopOrphan } from './embedded-server.ts';

export interface EmbeddedOptions {
  /** Kept between starts. Holds cluster/, password (0600), postgres.log; see `location` below for root. */
  dataDir: string;
  /** TCP port on 127.0.0.1; any free one when absent. */
  port?: number;
  /** One human-readable line per step that takes time. */
  onProgress?: (line: string) => void;
  /** PostgreSQL settings that replace the defaults. */
  settings?: Record<string, string>;
}

export interface EmbeddedPostgres {
  host: string;
  port: number;
  superuser: 'postgres';
  password: string;
  /** Connection URL of the superuser for one database. */
  url(database: string): string;
  /** Ends open transactions and stops the server. */
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const RESTARTS = 3;

const SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '512MB',
  // No replica can follow an embedded server, so its log need only be good for crash recovery.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

/**
 * Starts the PostgreSQL 18 that npm brought, creating its data on first use, and restarts it if it crashes.
 * As root it runs under the account `postgres` (else nobody); when that account cannot enter `dataDir` (a 0700 home), the
 * cluster lives in /var/lib/polity/<hash> and the file `dataDir/location` says so. Throws StartError.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const onProgress = options.onProgress ?? (() => {});
  const home = await openHome(options.dataDir);
  const release = await lock(home);
  try {
    const { binaries, password } = await prepare(home, onProgress);
    const launch = { binaries, port: options.port ?? 0, settings: { ...SETTINGS, ...options.settings }, onProgress };
    const server = await launchWithRetry(home, launch);
    await verify(home, server, password);
    const stop = supervise(home, { ...launch, port: server.port }, server);
    return connectionTo(server.port, password, () => stop().finally(release));
  } catch (cause) {
    await release();
    if (cause instanceof StartError) throw cause;
    throw new StartError(`The embedded database in ${home.folder} could not be started: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/**
 * The embedded server of that folder where a process has it running, for commands beside it; null where none does. `stop` leaves it
 * running. Throws StartError.
 */
export async function attachEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres | null> {
  const home = await openHome(dataDir);
  const taken = await takeLock(home.lock);
  if (typeof taken === 'function') {
    await taken();
    return null;
  }
  const lines = (await readFile(join(home.cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  // Line 4 is the port, line 8 the status (PostgreSQL src/include/utils/pidfile.h).
  if (lines[7]?.trim() !== 'ready')
    throw new StartError(
      `The database in ${home.dataDir} is being started or stopped by process ${taken}. Try again in a moment.`,
    );
  const { password } = await passwordOf(home);
  return connectionTo(Number(lines[3]), password, async () => {});
}

function connectionTo(port: number, password: string, stop: () => Promise<void>): EmbeddedPostgres {
  const url = (database: string) => `postgres://postgres:${password}@${HOST}:${port}/${encodeURIComponent(database)}`;
  return { host: HOST, port, superuser: 'postgres', password, url, stop };
}

async function lock(home: Home): Promise<() => Promise<void>> {
  const taken = await takeLock(home.lock).catch((cause: NodeJS.ErrnoException) => {
    throw new StartError(
      `The data folder ${home.folder} cannot be written (${cause.code}). Start as the user who owns it.`,
      { cause },
    );
  });
  if (typeof taken === 'function') return taken;
  throw new StartError(
    `The database in ${home.dataDir} is already in use by process ${taken}. Stop that one first, or choose another data folder.`,
  );
}

async function prepare(
  home: Home,
  onProgress: (line: string) => void,
): Promise<{ binaries: string; password: string }> {
  const binaries = await installBinaries(home.account, onProgress);
  const { password, isNew } = await passwordOf(home);
  if (!(await hasCluster(home))) {
    onProgress('Creating the database');
    await createCluster(home, binaries, password);
    return { binaries, password };
  }
  await stopOrphan(home, onProgress);
  if (isNew) await resetPassword(home, binaries, password);
  return { binaries, password };
}

async function launchWithRetry(home: Home, launch: Launch): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const port = launch.port || (await freePort());
    const outcome = await launchServer(home, { ...launch, port });
    if ('pid' in outcome) return outcome;
    const mayRetry = outcome.retry === 'later' || (outcome.retry === 'other-port' && launch.port === 0);
    if (!mayRetry || attempt === 20) throw outcome.error;
    // The backends of a server that was killed need a moment to notice.
    if (outcome.retry === 'later') await sleep(250);
  }
}

async function verify(home: Home, server: Server, password: string): Promise<void> {
  const client = new pg.Client({ host: HOST, port: server.port, user: 'postgres', password, database: 'postgres' });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
  } catch (cause) {
    await server.stop();
    const { code, message } = cause as { code?: string; message: string };
    if (code === '28P01')
      throw new StartError(
        `The password in ${home.dataDir}/password does not fit this database. Delete that file and start again: a new one is made.`,
        { cause },
      );
    throw new StartError(
      `The database in ${home.cluster} started but does not answer: ${message}. It may be damaged: restore a backup, or delete that folder to start with an empty database.`,
      { cause },
    );
  }
}

function supervise(home: Home, launch: Launch, first: Server): () => Promise<void> {
  let server = first;
  let isStopping = false;
  let restarting = Promise.resolve();

  async function restart(): Promise<void> {
    for (let left = RESTARTS; left > 0 && !isStopping; left--) {
      launch.onProgress('The database server crashed; starting it again');
      try {
        server = await launchWithRetry(home, launch);
        return watch();
      } catch (error) {
        launch.onProgress((error as Error).message);
      }
    }
  }
  function watch(): void {
    const watched = server;
    void watched.ended.then((wasInOrder) => {
      if (!isStopping && !wasInOrder) restarting = restart();
    });
  }
  watch();
  return async () => {
    isStopping = true;
    await restarting;
    await server.stop();
  };
}
