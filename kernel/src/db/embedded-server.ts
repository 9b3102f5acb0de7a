import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../config/start-error.ts';
import { giveToOwnerOf } from './embedded-account.ts';
import { spawnOptions } from './embedded-cluster.ts';
import { guardServer } from './embedded-guard.ts';
import type { Home } from './embedded-home.ts';
import { isServerOf, look } from './embedded-process.ts';

export interface Server {
  pid: number;
  port: number;
  /** Settles when the server process has ended; true when it ended of its own accord and in order. */
  ended: Promise<boolean>;
  stop(): Promise<void>;
}

/** Why a server did not come up, and whether another attempt may help. */
export interface Failure {
  retry: 'never' | 'other-port' | 'later';
  error: StartError;
}

export interface Launch {
  binaries: string;
  port: number;
  settings: Record<string, string>;
  onProgress: (line: string) => void;
}

const READY_DEADLINE_MS = 300_000;
const LOG_LIMIT_BYTES = 10_000_000;

/** Starts the server and waits until it takes connections. */
export async function launchServer(home: Home, launch: Launch): Promise<Server | Failure> {
  const log = await openLog(home);
  const { size } = await log.stat();
  const flags = Object.entries({ ...launch.settings, port: String(launch.port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  // Its own process group: Ctrl-C must reach only us, so that requests in flight still find their database.
  const child = spawn(join(launch.binaries, 'bin/postgres'), ['-D', home.cluster, ...flags], {
    ...spawnOptions(home),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const ending = endOf(child);
  if (child.pid !== undefined) void ending.then(guardServer(child.pid));
  await log.close();
  const isReady = await Promise.race([ending.then(() => false), waitUntilReady(home, child, launch)]);
  if (!isReady) return explainFailure(home, launch.port, await readFrom(home.log, size), await ending);
  child.unref();
  return {
    pid: child.pid as number,
    port: launch.port,
    ended: ending.then(({ code }) => code === 0),
    stop: async () => {
      child.ref();
      await shutDown(child.pid as number, async () => child.exitCode === null && child.signalCode === null);
    },
  };
}

/** Ends a server that a killed process left behind, and clears its pid file when that id now belongs to another program. */
export async function stopOrphan(home: Home, onProgress: (line: string) => void): Promise<void> {
  const file = join(home.cluster, 'postmaster.pid');
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  if (!(pid > 0)) return;
  const isOurs = await isServerOf(home.cluster, pid);
  if (isOurs === true) {
    onProgress('Stopping the database server that an earlier run left behind');
    await shutDown(pid, async () => (await isServerOf(home.cluster, pid)) === true);
  } else if (isOurs === false && (await look(pid)) !== undefined) {
    await rm(file, { force: true });
  }
}

async function shutDown(pid: number, isAlive: () => Promise<boolean>): Promise<void> {
  const steps = [
    ['SIGINT', 10_000],
    ['SIGQUIT', 3_000],
    ['SIGKILL', 3_000],
  ] as const;
  for (const [signal, patienceMs] of steps) {
    if (!(await isAlive())) return;
    process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 10) {
      await sleep(10);
      if (!(await isAlive())) return;
    }
  }
}

interface Ending {
  code: number | null;
  error?: Error;
}

function endOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve({ code }));
    child.on('error', (error) => resolve({ code: null, error }));
  });
}

async function waitUntilReady(home: Home, child: ChildProcess, { onProgress }: Launch): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < READY_DEADLINE_MS; waitedMs += 10) {
    const lines = (await readFile(join(home.cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    // Line 8 is the status (PostgreSQL src/include/utils/pidfile.h); a stale file has another pid on line 1.
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return false;
    if (waitedMs === 3_000)
      onProgress('Still starting: PostgreSQL is recovering what was written before the last crash');
    await sleep(10);
  }
  child.kill('SIGKILL');
  return false;
}

async function openLog(home: Home) {
  const size = await stat(home.log).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(home.log, `${home.log}.1`);
  try {
    const log = await open(home.log, 'a', 0o600);
    await giveToOwnerOf(home.dataDir, home.log);
    return log;
  } catch (cause) {
    throw new StartError(`The log ${home.log} cannot be written (${(cause as NodeJS.ErrnoException).code}).`, {
      cause,
    });
  }
}

async function readFrom(file: string, offset: number): Promise<string> {
  return (await readFile(file)).subarray(offset).toString('utf8');
}

function explainFailure(home: Home, port: number, text: string, ending: Ending): Failure {
  const never = (message: string): Failure => ({ retry: 'never', error: new StartError(message) });
  if (ending.error)
    return never(
      `The bundled PostgreSQL does not run on this system (${ending.error.message}). Set DATABASE_URL to a PostgreSQL server of yours.`,
    );
  if (/Address already in use/.test(text))
    return {
      retry: 'other-port',
      error: new StartError(
        `Port ${port} is taken by another program. Stop that program or choose another port for the database.`,
      ),
    };
  if (/shared memory block .* is still in use|lock file "postmaster.pid" already exists/.test(text)) {
    return {
      retry: 'later',
      error: new StartError(`Another PostgreSQL server is still using ${home.cluster}. Stop it first.`),
    };
  }
  if (/No space left on device/.test(text)) return never(`The disk that holds ${home.cluster} is full.`);
  if (/Cannot allocate memory|could not (create|map) .*shared memory/.test(text))
    return never('There is not enough memory to start PostgreSQL.');
  const reason = reasonIn(text) ?? `it ended with code ${ending.code}`;
  return never(
    `The database in ${home.cluster} does not start: ${reason}. It may be damaged: restore a backup, or delete that folder to start with an empty database. Details are in ${home.log}.`,
  );
}

function reasonIn(text: string): string | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/ LOG: /.test(line));
  const line = lines.findLast((candidate) => /FATAL|PANIC/.test(candidate)) ?? lines[0];
  return line?.replace(/^.*?(FATAL|PANIC|postgres):\s*/, '');
}
