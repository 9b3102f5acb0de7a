import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@polity/kernel/process/free-port';
import type { Backend } from './balancer.ts';

const root = join(import.meta.dirname, '../..');

/** One service as a process of its own, on ports that it keeps over restarts. */
export interface ServiceProcess extends Backend {
  start(): void;
  /** Ends it as a rolling restart does; resolves with its exit code. */
  terminate(): Promise<number | null>;
}

export async function serviceProcess(script: string, env: Record<string, string>): Promise<ServiceProcess> {
  const [port, opsPort] = [await freePort(), await freePort()];
  let child: ChildProcess | undefined;
  return {
    port,
    opsPort,
    start() {
      const own = { ...env, PORT: String(port), OPS_PORT: String(opsPort) };
      child = spawn(process.execPath, [script], { cwd: root, env: own, stdio: ['ignore', 'ignore', 'inherit'] });
    },
    async terminate() {
      if (!child || child.exitCode !== null) return null;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = await ended;
      return code as number | null;
    },
  };
}

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(50);
}
