import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, cp, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, openBrowser } from '../../gateway/test/browser.ts';
import { registry } from '../../subgraphs/registry.ts';
import type { Lives } from '../crash/ledger.ts';
import { isInstalled, nats, redis } from './brokers.ts';
import { type Database, database } from './database.ts';
import { leash } from './leash.ts';
import { daemon, type Victim } from './process.ts';
import { type SmallDisk, smallDisk } from './small-disk.ts';

const root = join(import.meta.dirname, '../..');

/** What sessions, stamps and events travel by. */
export type Shape = 'Redis and NATS' | 'PostgreSQL and HTTP';

export const shapes: Shape[] =
  isInstalled('redis-server') && isInstalled('nats-server')
    ? ['Redis and NATS', 'PostgreSQL and HTTP']
    : ['PostgreSQL and HTTP'];

/** An installation of many processes, each of which may be killed. */
export interface World {
  services: Victim[];
  brokers: Victim[];
  database: Database;
  /** Where the database lies, if it has a disk of its own. */
  disk: SmallDisk | null;
  /** Everything that the storm may kill. */
  victims: Victim[];
  browser(): Browser;
  /** How often each process that acts for clients has begun to live. */
  lives(): Lives;
  /** What ended by itself although nobody killed it. */
  deaths: string[];
  /** Ports of the gateway. */
  gateway: { port: number; opsPort: number };
  /** Settings that all of its processes have. */
  env: Record<string, string>;
  /** Ids of all processes that this started, the youngest last. */
  pids(): number[];
  /** What that service wrote to its log so far. */
  logOf(name: string): string;
  green(withinMs: number): Promise<void>;
  close(): Promise<void>;
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '0.0.0.0', () => server.close(() => resolve(true)));
  });

/** Ports below those that the system gives to outgoing connections, so that none is taken while its process is dead. */
async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = 12_000 + Math.floor(Math.random() * 18_000);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

interface Place {
  name: string;
  script: string;
  port: number;
  opsPort: number;
}

async function places(): Promise<Place[]> {
  const names = [...registry.map(({ name }) => name), 'gateway'];
  const ports = await freePorts(2 * names.length);
  return names.map((name, index) => ({
    name,
    script: name === 'gateway' ? 'gateway/src/main.ts' : `subgraphs/${name}/src/main.ts`,
    port: ports[2 * index]!,
    opsPort: ports[2 * index + 1]!,
  }));
}

async function isReady(opsPort: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${opsPort}/readyz`, { signal: AbortSignal.timeout(3_000) });
  await answer.body?.cancel();
  return answer.status === 200;
}

/** Starts everything, with demo data; wait for `green` before anything is asked. */
export async function openWorld(shape: Shape, { ownDisk = false } = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'polity-crash-'));
  await chmod(folder, 0o711);
  const held = leash([folder]);
  const deaths: string[] = [];
  const pids = new Set<number>();
  const onBirth = (pid: number) => void pids.add(pid);
  const common = { leash: held, onBirth, onDeath: (what: string) => void deaths.push(what) };
  const disk = ownDisk ? await smallDisk(join(folder, 'disk')) : null;
  const db = await database(join(disk?.folder ?? folder, 'data'), held, onBirth);
  const withBrokers = shape === 'Redis and NATS';
  const [redisPort, natsPort] = (await freePorts(2)) as [number, number];
  const brokers = withBrokers
    ? [redis({ ...common, folder, port: redisPort }), nats({ ...common, folder, port: natsPort })]
    : [];
  const all = await places();
  const gateway = all.at(-1)!;
  const addresses = all.map(({ name, port, opsPort }) => [name, name === 'gateway' ? opsPort : port]);
  const shared = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '/',
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
    LOG_LEVEL: process.env.CRASH_LOG_LEVEL ?? 'warn',
    POLITY_SECRET: randomBytes(32).toString('base64url'),
    DATABASE_URL: db.url('postgres'),
    SUBGRAPHS: addresses.map(([name, port]) => `${name}=http://127.0.0.1:${port}`).join(','),
    PUBLIC_URL: `http://localhost:${gateway.port}`,
    // So that strangers may come from many addresses, as they do.
    TRUSTED_PROXIES: 'loopback',
    ...(withBrokers && { REDIS_URL: `redis://127.0.0.1:${redisPort}`, NATS_URL: `nats://127.0.0.1:${natsPort}` }),
  };
  const services = all.map(({ name, script, port, opsPort }) =>
    daemon({
      ...common,
      name,
      command: process.execPath,
      args: [script],
      cwd: root,
      env: { ...shared, PORT: String(port), OPS_PORT: String(opsPort) },
      logFile: join(folder, `${name}.log`),
      probe: () => isReady(opsPort),
    }),
  );
  const daemons = [...brokers, ...services];
  const victims = [db, ...daemons];
  for (const each of daemons) each.start();
  return {
    gateway,
    env: shared,
    services,
    brokers,
    database: db,
    disk,
    victims,
    deaths,
    pids: () => [...pids],
    logOf: (name) => readFileSync(join(folder, `${name}.log`), 'utf8'),
    browser: () => openBrowser(gateway.port, `localhost:${gateway.port}`),
    lives: () => Object.fromEntries(services.map(({ name, life }) => [name, life])),
    async green(withinMs) {
      await Promise.all(victims.map((each) => each.green(withinMs)));
    },
    async close() {
      await Promise.all(daemons.map((each) => each.kill()));
      await db.stop();
      disk?.unmount();
      const { CRASH_LOGS } = process.env;
      if (CRASH_LOGS) await cp(folder, CRASH_LOGS, { recursive: true, filter: (path) => !path.includes('/data') });
      await held.end();
    },
  };
}
