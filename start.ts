import { setTimeout as sleep } from 'node:timers/promises';
import { httpApp, listen } from '@polity/gateway/http';
import { startGateway } from '@polity/gateway/start-gateway';
import { type DecisionSender, decisionSender } from '@polity/kernel/access/decision-sender';
import { accessReader, remoteAccessSource } from '@polity/kernel/access/reader';
import { systemClock } from '@polity/kernel/clock';
import { type PlatformEnv, platformEnv, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { localBus } from '@polity/kernel/events/local-bus';
import { natsBus } from '@polity/kernel/events/nats-bus';
import { inProcessTransport } from '@polity/kernel/graph/in-process';
import {
  type Platform,
  type StartedSubgraph,
  serviceClients,
  startSubgraph,
} from '@polity/kernel/graph/start-subgraph';
import { memoryStore } from '@polity/kernel/kv/memory';
import { createLogger } from '@polity/kernel/log/logger';
import { processMetrics } from '@polity/kernel/metrics/metrics';
import { opsServer } from '@polity/kernel/ops/server';
import { type Databases, openDatabases, openStore } from '@polity/kernel/process/platform';
import { registry } from './subgraphs/registry.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Things to close, last opened first. */
const closers: (() => Promise<unknown>)[] = [];

async function drain(): Promise<void> {
  for (const close of closers.reverse()) await close().catch(() => undefined);
}

function onceStopped(): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    say('\nStopping …');
    void Promise.race([drain(), sleep(20_000)]).then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
}

async function openPlatform(
  env: PlatformEnv,
  databases: Databases,
  running: Map<string, StartedSubgraph>,
): Promise<Platform & { decisions: DecisionSender }> {
  const production = env.NODE_ENV === 'production';
  const log = createLogger({ service: 'polity', level: env.LOG_LEVEL, pretty: !production });
  const kv = await openStore(env, databases);
  closers.push(() => kv.close());
  // One process is the only writer and reader of stamps, so memory is as strict as any store (decision 0003).
  const stamps = env.REDIS_URL ? kv : memoryStore();
  const bus = env.NATS_URL ? natsBus({ url: env.NATS_URL, log }) : localBus();
  closers.push(() => bus.close());
  const transport = inProcessTransport(running);
  const decisions = decisionSender({ services: serviceClients(transport, 'polity', true), log });
  const access = accessReader({
    stamps,
    source: remoteAccessSource(serviceClients(transport, 'polity')),
    clock: systemClock,
    onDecision: decisions.note,
  });
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`;
  return {
    log,
    kv,
    stamps,
    bus,
    env: process.env,
    masterSecret: databases.secrets.master,
    publicUrl,
    production,
    transport,
    access,
    decisions,
  };
}

async function startSubgraphs(
  platform: Platform,
  databases: Databases,
  running: Map<string, StartedSubgraph>,
): Promise<void> {
  const definitions = await Promise.all(registry.map(({ load }) => load()));
  closers.push(async () => {
    for (const started of running.values()) await started.close();
  });
  await Promise.all(
    definitions.map(async (definition) => {
      running.set(definition.name, await startSubgraph(definition, platform, databases.urls[definition.name] ?? null));
    }),
  );
  for (const started of running.values()) started.publish();
  for (const { name } of registry) await running.get(name)?.ready();
}

function block(url: string, ops: string, seeded: boolean): string {
  const accounts = seeded
    ? `
  Accounts   root@demo.test   system administrator      all with the password
             admin@demo.test  owner of tenant "demo"    polity-demo-password
             alice@demo.test  member
             bob@demo.test    member
`
    : '';
  return `
  Polity is ready.

  GraphiQL   ${url}/
  GraphQL    ${url}/graphql
  Health     ${ops}/readyz   ${ops}/metrics
  Mails      ${url}/dev/mail
${accounts}
  Try first  open GraphiQL, sign in as alice@demo.test at the top, press play on "Welcome".
  Stop       Ctrl-C
`;
}

async function bound<Result>(what: string, port: number, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new StartError(`Port ${port} is in use. Set ${what} to a free port, or stop what listens there.`);
  }
}

async function start(): Promise<void> {
  const env = readEnv(platformEnv, process.env, 'Polity');
  const names = registry.map(({ name }) => name);
  say('Starting Polity …');
  const databases = await openDatabases(env, names, (line) => say(`  ${line}`));
  closers.push(() => databases.stop());
  const running = new Map<string, StartedSubgraph>();
  const platform = await openPlatform(env, databases, running);
  say('  Preparing subgraphs …');
  await startSubgraphs(platform, databases, running);
  closers.push(() => platform.decisions.close());
  const gateway = await startGateway({ platform, defaultTenant: env.DEFAULT_TENANT, watch: !platform.production });
  closers.push(() => gateway.close());
  const seeded = env.SEED === 'demo' && !platform.production;
  if (seeded) for (const { name } of registry) await running.get(name)?.seed();
  if (process.argv.includes('--seed')) {
    say(seeded ? '  The demo data is in.' : '  No demo data: SEED is none, or this is production.');
    await drain();
    process.exit(0);
  }
  const routes = async (app: Parameters<StartedSubgraph['routes']>[0]) => {
    for (const started of running.values()) await started.routes(app);
  };
  const { publicUrl, production } = platform;
  const app = await httpApp({ ...gateway, ...gateway.settings, demoAccounts: seeded, routes });
  const ops = opsServer({ checks: { store: () => platform.kv.ping() }, metrics: processMetrics });
  await bound('OPS_PORT', env.OPS_PORT, () => listen(ops.app, '127.0.0.1', env.OPS_PORT));
  closers.push(() => ops.app.close());
  await bound('PORT', env.PORT, () => listen(app, production ? '0.0.0.0' : '127.0.0.1', env.PORT));
  closers.push(() => app.close());
  say(block(publicUrl, `http://localhost:${env.OPS_PORT}`, seeded));
}

onceStopped();
start().catch(async (error: unknown) => {
  if (error instanceof StartError) process.stderr.write(`\nPolity cannot start: ${error.message}\n`);
  else process.stderr.write(`\nPolity cannot start, for a reason nobody foresaw:\n${(error as Error).stack}\n`);
  await Promise.race([drain(), sleep(5_000)]);
  process.exit(1);
});
