// The whole of Polity as `npm start` runs it, in a process of its own, for benchmarks that measure it from outside.

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@polity/kernel/process/free-port';

export interface OneProcess {
  url: string;
  /** CPU time that the process has used, in milliseconds. */
  cpuMs(): number;
  /** Resident memory in MiB. */
  rssMiB(): number;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..');
const TICK_MS = 10;

async function untilReady(child: ChildProcess): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes('Polity is ready.')) resolve();
    });
    child.once('exit', () => reject(new Error(output)));
  });
  child.stdout?.removeAllListeners('data').resume();
}

/** Starts it on free ports and an empty folder, with demo data; client addresses come from `x-forwarded-for`. */
export async function startOneProcess(): Promise<OneProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'polity-bench-'));
  const [port, opsPort] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    PORT: String(port),
    OPS_PORT: String(opsPort),
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    TRUSTED_PROXIES: 'loopback',
    RATE_LIMIT: '0',
  };
  const child = spawn(process.execPath, ['start.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  await untilReady(child);
  const stat = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    cpuMs: () => (Number(stat()[11]) + Number(stat()[12])) * TICK_MS,
    rssMiB: () => (Number(stat()[21]) * 4096) / 2 ** 20,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One GraphQL request; the cookie that the answer sets, and the answer. */
export async function ask(
  url: string,
  query: string,
  {
    variables = {},
    cookie = '',
    address = '127.0.0.1',
  }: { variables?: object; cookie?: string; address?: string } = {},
): Promise<{ cookie: string; text: string }> {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address, ...(cookie ? { cookie } : {}) };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const text = await answer.text();
  if (answer.status !== 200 || text.includes('"errors"')) throw new Error(text.slice(0, 300));
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '', text };
}

/** Times in milliseconds of as many calls as `lanes` make, one after the other each, until `seconds` have passed. */
export async function load(lanes: number, seconds: number, call: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1_000;
  const lane = async () => {
    while (performance.now() < end) {
      const start = performance.now();
      await call();
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return times.sort((a, b) => a - b);
}

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
