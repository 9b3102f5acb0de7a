import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@polity/kernel/process/free-port';

const ROOT = join(import.meta.dirname, '../..');
/** A first start makes a database server, its databases and the demo data. */
const START_MS = 120_000;

/** The whole product as `npm start` runs it, on ports and in a folder of its own. */
export interface Installation {
  port: number;
  stop(): Promise<void>;
}

function ready(child: ChildProcess): Promise<void> {
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the installation ${why}:\n${output}`));
    const timer = setTimeout(() => fail('did not get ready'), START_MS);
    const read = (chunk: Buffer) => {
      output += chunk;
      if (!output.includes('Polity is ready.')) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
}

/** Starts the product; `publicHost` is the host under which people reach it. */
export async function startInstallation(publicHost: string): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'polity-browser-'));
  const [port, opsPort] = [await freePort(), await freePort()];
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: String(port),
    OPS_PORT: String(opsPort),
    DATA_DIR: dataDir,
    PUBLIC_URL: `http://${publicHost}:${port}`,
    LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, ['start.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await ready(child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}
