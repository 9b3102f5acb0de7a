import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@polity/kernel/process/free-port';

export type Shape = 'one process' | 'many processes';

const SCRIPTS: Record<Shape, string> = { 'one process': 'start.ts', 'many processes': 'tools/start-many.ts' };
const root = join(import.meta.dirname, '../..');

/** An installation with the limits that it ships with; client addresses come from `x-forwarded-for`. */
export async function startShape(shape: Shape): Promise<{ url: string; pid: number; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'polity-overload-'));
  const [port, opsPort] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    PORT: String(port),
    OPS_PORT: String(opsPort),
    SUBGRAPH_PORT: String(25_000 + Math.floor(Math.random() * 400) * 10),
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    TRUSTED_PROXIES: 'loopback',
  };
  const child = spawn(process.execPath, [SCRIPTS[shape]], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes('Polity is ready')) resolve();
    });
    void ended.then(() => reject(new Error(output)));
  });
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    pid: child.pid as number,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
