// Installs the peers, and starts every gateway as a process of its own over the same subgraphs.
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@polity/kernel/process/free-port';
import { Pool } from 'undici';
import { operations, supergraphSdl, type Urls } from './graph.ts';
import type { Call } from './subgraphs.ts';

/** A gateway that listens. */
export interface Gateway {
  name: string;
  url: string;
  pool: Pool;
  /** Sends the `authorization` header on as it came. Ours would refuse a token that nobody made. */
  authorizes: boolean;
  /** CPU time that the process and its children have used, in milliseconds. */
  cpuMs(): number;
}

const here = import.meta.dirname;
/** Where the peers are installed; nothing else uses the folder. */
const folder = join(here, '../../../.data/bench-peers');
const TICK_MS = 10;
const START_MS = 60_000;
/** Its calls are what the floor makes. */
const FEWEST_CALLS = 'Hive, the Rust planner';

const subgraphs = fork(join(here, 'subgraphs.ts'));

/** The subgraph calls since the last time. */
export async function callsSince(): Promise<Call[]> {
  subgraphs.send('calls');
  const [calls] = (await once(subgraphs, 'message')) as [Call[]];
  return calls;
}

function install(): void {
  mkdirSync(folder, { recursive: true });
  const wanted = readFileSync(join(here, 'package.json'), 'utf8');
  const done = join(folder, 'installed.json');
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return;
  console.log(`installing the peers in ${folder}`);
  copyFileSync(join(here, 'package.json'), join(folder, 'package.json'));
  const options = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', options, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error('the peers could not be installed');
  writeFileSync(done, wanted);
}

function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  const own = (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  return children.reduce((sum, child) => sum + cpuOf(Number(child)), own);
}

interface Start {
  name: string;
  /** What Node runs: a file and its arguments, given a port. */
  run(port: number): string[];
  authorizes?: boolean;
}

const children: ChildProcess[] = [subgraphs];
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

async function start({ name, run, authorizes = true }: Start): Promise<Gateway> {
  const port = await freePort();
  const env = { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' };
  const child = spawn(process.execPath, run(port), { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  children.push(child);
  const url = `http://127.0.0.1:${port}${name === 'Apollo' ? '/' : '/graphql'}`;
  for (const end = Date.now() + START_MS; Date.now() < end; await sleep(100)) {
    const answers = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
      .then(() => true)
      .catch(() => false);
    if (!answers) continue;
    const pool = new Pool(new URL(url).origin, { connections: 64 });
    return { name, url, pool, authorizes, cpuMs: () => cpuOf(child.pid as number) };
  }
  throw new Error(`${name} does not start`);
}

/** What a gateway asks of the subgraphs and answers, which is what the floor does without being told to. */
async function knownOperations({ pool }: Gateway): Promise<string> {
  const known: Record<string, { calls: Call[]; answer: unknown }> = {};
  for (const query of Object.values(operations)) {
    await callsSince();
    const headers = { 'content-type': 'application/json' };
    const reply = await pool.request({ method: 'POST', path: '/graphql', headers, body: JSON.stringify({ query }) });
    known[query] = { answer: await reply.body.json(), calls: await callsSince() };
  }
  return JSON.stringify(known);
}

const HIVE_CONFIG = `export const gatewayConfig = {
  logging: false,
  propagateHeaders: { fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') }) },
};
`;

function hive(name: string, ...flags: string[]): Start {
  const command = join(folder, 'node_modules/@graphql-hive/gateway/dist/bin.js');
  const fixed = ['--fork', '1', '--host', '127.0.0.1', ...flags];
  return { name, run: (port) => [command, 'supergraph', 'supergraph.graphql', '--port', String(port), ...fixed] };
}

function script(name: string, file: string, given: string, urls: Urls): Start {
  return { name, run: (port) => [join(here, file), JSON.stringify(urls), String(port), given] };
}

/** Every gateway, started; `stop` ends them. */
export async function startGateways(): Promise<{ gateways: Gateway[]; stop(): Promise<void> }> {
  const [urls] = (await once(subgraphs, 'message')) as [Urls];
  install();
  const path = (file: string) => join(folder, file);
  writeFileSync(path('supergraph.graphql'), supergraphSdl(urls));
  writeFileSync(path('guarded.graphql'), supergraphSdl(urls, { guarded: true }));
  writeFileSync(path('gateway.config.js'), HIVE_CONFIG);
  const others = [
    script('Apollo', 'apollo.ts', path('supergraph.graphql'), urls),
    hive('Hive, its own planner', '--jit'),
    hive(FEWEST_CALLS, '--hive-router-runtime'),
    script('Mercurius', 'mercurius.ts', folder, urls),
    { ...script('Polity', 'polity.ts', path('guarded.graphql'), urls), authorizes: false },
  ];
  const gateways: Gateway[] = [];
  for (const each of others) gateways.push(await start(each));
  const thrifty = gateways.find(({ name }) => name === FEWEST_CALLS) as Gateway;
  writeFileSync(path('known.json'), await knownOperations(thrifty));
  gateways.unshift(await start(script('floor: no gateway at all', 'floor.ts', path('known.json'), urls)));
  return {
    gateways,
    async stop() {
      for (const { pool } of gateways) await pool.destroy();
      for (const child of children) child.kill('SIGKILL');
    },
  };
}
