// Runs every service as a process of its own on this machine, over signed HTTP: the shape of production without containers.
import { setTimeout as sleep } from 'node:timers/promises';
import { platformEnv, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { explained, keepQuiet } from '@polity/kernel/process/command';
import { type Databases, openDatabases } from '@polity/kernel/process/platform';
import { registry } from '../subgraphs/registry.ts';
import { type Child, keepRunning } from './children.ts';
import { migrateAll, ormDefinitions } from './orm-definitions.ts';
import { isPortFree } from './ports.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

const children: Child[] = [];
let databases: Databases | null = null;

async function ready(opsPort: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${opsPort}/readyz`).catch(() => null);
  return answer?.status === 200;
}

async function allReady(ports: readonly number[]): Promise<void> {
  const until = Date.now() + 180_000;
  while (!(await Promise.all(ports.map(ready))).every(Boolean)) {
    if (Date.now() > until) throw new StartError('Not every service became ready within three minutes.');
    const failed = children.find(({ hasFailed }) => hasFailed());
    if (failed) throw new StartError(`${failed.name} does not start; what it said is above.`);
    await sleep(200);
  }
}

async function allFree(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    if (await isPortFree(port)) continue;
    throw new StartError(
      `Port ${port} is in use. Stop what listens there, or set PORT, OPS_PORT or SUBGRAPH_PORT (the first of the subgraphs') to free ones.`,
    );
  }
}

async function stop(): Promise<void> {
  await Promise.all(children.map((child) => child.stop()));
  await databases?.stop();
}

function onceStopped(): void {
  let stopping = false;
  const end = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    say('\nStopping …');
    await stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
}

async function main(): Promise<void> {
  const env = readEnv(platformEnv, process.env, 'Polity');
  const services = registry.map(({ name, port }, index) => ({
    name,
    port: env.SUBGRAPH_PORT === undefined ? port : env.SUBGRAPH_PORT + index,
  }));
  const opsPorts = [env.OPS_PORT, ...services.map(({ port }) => port + 100)];
  await allFree([env.PORT, ...opsPorts, ...services.map(({ port }) => port)]);
  say('Starting Polity as separate processes …');
  const names = registry.map(({ name }) => name);
  const onProgress = (line: string) => say(`  ${line}`);
  databases = await openDatabases(env, names, { onProgress });
  await migrateAll(await ormDefinitions(), databases.urls, onProgress);
  const addresses = [...services, { name: 'gateway', port: env.OPS_PORT }].map(
    ({ name, port }) => `${name}=http://127.0.0.1:${port}`,
  );
  const shared = {
    DATABASE_URL: databases.serverUrl,
    PGPASSWORD: '',
    POLITY_SECRET: databases.secrets.master,
    POLITY_SECRET_FILE: '',
    SUBGRAPHS: addresses.join(','),
    PUBLIC_URL: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
  };
  for (const { name, port } of services) {
    const ports = { PORT: String(port), OPS_PORT: String(port + 100) };
    children.push(keepRunning(name, `subgraphs/${name}/src/main.ts`, { ...shared, ...ports }, say));
  }
  const ports = { PORT: String(env.PORT), OPS_PORT: String(env.OPS_PORT) };
  children.push(keepRunning('gateway', 'gateway/src/main.ts', { ...shared, ...ports }, say));
  await allReady(opsPorts);
  say(
    `\n  Polity is ready, in ${registry.length + 1} processes.\n\n  GraphiQL   ${shared.PUBLIC_URL}/\n  Stop       Ctrl-C\n`,
  );
}

keepQuiet();
onceStopped();
main().catch(async (error: unknown) => {
  process.stderr.write(`\nPolity cannot start: ${explained(error)}\n`);
  await stop();
  process.exit(1);
});
