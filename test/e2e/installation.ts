import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretsFrom } from '@polity/kernel/config/secrets';
import { attachEmbeddedPostgres } from '@polity/kernel/db/embedded';
import { installationKey } from '@polity/kernel/db/key-slots';
import { withClient } from '@polity/kernel/db/provision';
import { type Browser, openBrowser } from '../../gateway/test/browser.ts';
import { subgraphNames } from '../../gateway/test/every-subgraph.ts';

const root = join(import.meta.dirname, '../..');

/** How an installation runs: everything in one process, or every service as a process of its own. */
export type Shape = 'one process' | 'many processes';

const SCRIPTS: Record<Shape, string> = { 'one process': 'start.ts', 'many processes': 'tools/start-many.ts' };

const SECRET = Buffer.alloc(32, 5).toString('base64url');

/** A running installation with its own data, started as people start it. */
export interface Installation {
  port: number;
  /** What commands are started with that work on it. */
  settings: Record<string, string>;
  /** Ports of the subgraphs where they are processes of their own, by name. */
  subgraphPort(name: string): number;
  browser(): Browser;
  /** The key that every other key of the installation is derived from, so that tests can sign as its services do. */
  key(): Promise<string>;
  /** Id of the process of a service, where it is one of its own. Throws where it does not run. */
  pidOf(name: string): number;
  /** Kills the process of one subgraph, as a crash would. */
  kill(name: string): Promise<void>;
  stop(): Promise<void>;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** First of a row of free ports: gateway, operations, then subgraphs and, a hundred above, their health. */
async function freePorts(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 200) * 200;
    const wanted = [0, 1, ...subgraphNames.flatMap((_, index) => [index + 2, index + 102])].map(
      (offset) => first + offset,
    );
    if ((await Promise.all(wanted.map(isFree))).every(Boolean)) return first;
  }
}

async function until(child: ChildProcess, phrase: string): Promise<void> {
  let text = '';
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`It ended with code ${code} before it said "${phrase}":\n${text}`)));
  });
  const said = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        text += String(chunk);
        if (text.includes(phrase)) resolve();
      });
  });
  await Promise.race([said, ended]);
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number);
}

const commandOf = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8');

/** Starts an installation of that shape with demo data and further settings; resolves when it says that it is ready. */
export async function startInstallation(shape: Shape, settings: Record<string, string> = {}): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'polity-e2e-'));
  const first = await freePorts();
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '/',
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
    PORT: String(first),
    OPS_PORT: String(first + 1),
    SUBGRAPH_PORT: String(first + 2),
    DATA_DIR: dataDir,
    POLITY_SECRET: SECRET,
    LOG_LEVEL: 'error',
    ...settings,
  };
  const child = spawn(process.execPath, [SCRIPTS[shape]], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  await until(child, 'Polity is ready');
  const pidOf = (name: string) => {
    const folder = name === 'gateway' ? 'gateway/' : `subgraphs/${name}/`;
    const pid = childrenOf(child.pid as number).find((each) => commandOf(each).includes(folder));
    if (pid === undefined) throw new Error(`No process of ${name} is running.`);
    return pid;
  };
  return {
    port: first,
    settings: { DATA_DIR: dataDir, POLITY_SECRET: SECRET },
    subgraphPort: (name) => first + 2 + subgraphNames.indexOf(name),
    browser: () => openBrowser(first, `localhost:${first}`),
    async key() {
      const server = await attachEmbeddedPostgres(dataDir);
      return withClient(server!.url('postgres'), (client) => installationKey(client, secretsFrom(SECRET)));
    },
    pidOf,
    async kill(name) {
      process.kill(pidOf(name), 'SIGKILL');
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
