// Runs every service as a process of its own on this machine, over signed HTTP: the shape of production without containers.
import { type ChildProcess, spawn } from 'node:child_process';
import { platformEnv, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { openDatabases } from '@polity/kernel/process/platform';
import { registry } from '../subgraphs/registry.ts';

const root = new URL('..', import.meta.url);
const children = new Map<string, ChildProcess>();
/** First of the ports for subgraphs; without it each has the port of the registry. */
const firstPort = Number(process.env.SUBGRAPH_PORT) || 0;
const services = registry.map(({ name, port }, index) => ({ name, port: firstPort ? firstPort + index : port }));
const say = (line: string) => void process.stdout.write(`${line}\n`);

function launch(name: string, script: string, env: Record<string, string>): void {
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  children.set(name, child);
  child.on('exit', (code) => {
    children.delete(name);
    if (code) say(`${name} ended with code ${code}`);
  });
}

async function ready(opsPort: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${opsPort}/readyz`).catch(() => null);
  return answer?.status === 200;
}

async function allReady(ports: readonly number[]): Promise<void> {
  const until = Date.now() + 180_000;
  while (!(await Promise.all(ports.map(ready))).every(Boolean)) {
    if (Date.now() > until || children.size === 0)
      throw new StartError('Not every service became ready within three minutes.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function main(): Promise<void> {
  const env = readEnv(platformEnv, process.env, 'Polity');
  say('Starting Polity as separate processes …');
  const databases = await openDatabases(
    env,
    registry.map(({ name }) => name),
    (line) => say(`  ${line}`),
  );
  const ports = [...services, { name: 'gateway', port: env.OPS_PORT }];
  const addresses = ports.map(({ name, port }) => `${name}=http://127.0.0.1:${port}`).join(',');
  const shared = {
    DATABASE_URL: databases.adminUrl,
    POLITY_SECRET: databases.secrets.master,
    SUBGRAPHS: addresses,
    PUBLIC_URL: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
  };
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    say('\nStopping …');
    const exits = [...children.values()].map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of children.values()) child.kill('SIGTERM');
    await Promise.all(exits);
    await databases.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
  for (const { name, port } of services) {
    launch(name, `subgraphs/${name}/src/main.ts`, { ...shared, PORT: String(port), OPS_PORT: String(port + 100) });
  }
  launch('gateway', 'gateway/src/main.ts', { ...shared, PORT: String(env.PORT), OPS_PORT: String(env.OPS_PORT) });
  await allReady([env.OPS_PORT, ...services.map(({ port }) => port + 100)]);
  say(
    `\n  Polity is ready, in ${registry.length + 1} processes.\n\n  GraphiQL   ${shared.PUBLIC_URL}/\n  Stop       Ctrl-C\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(
    `\nPolity cannot start: ${error instanceof StartError ? error.message : (error as Error).stack}\n`,
  );
  for (const child of children.values()) child.kill('SIGTERM');
  process.exit(1);
});
