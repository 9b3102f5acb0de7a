import { setTimeout as sleep } from 'node:timers/promises';
import { graphCommands, supergraphRoute } from '@polity/gateway/graph/command';
import { httpApp } from '@polity/gateway/http';
import { type StartedGateway, startGateway } from '@polity/gateway/start-gateway';
import type { Supergraph } from '@polity/gateway/supergraph';
import { type DecisionSender, decisionSender } from '@polity/kernel/access/decision-sender';
import { accessReader, remoteAccessSource } from '@polity/kernel/access/reader';
import { systemClock } from '@polity/kernel/clock';
import { drainMs, listenHost, type PlatformEnv, platformEnv, publicUrlOf, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import { localBus } from '@polity/kernel/events/local-bus';
import { natsBus } from '@polity/kernel/events/nats-bus';
import { openFiles } from '@polity/kernel/files/open';
import { guardedTransport } from '@polity/kernel/graph/guarded-transport';
import { inProcessTransport } from '@polity/kernel/graph/in-process';
import {
  type Platform,
  type StartedSubgraph,
  serviceClients,
  startSubgraph,
} from '@polity/kernel/graph/start-subgraph';
import { lameDuck } from '@polity/kernel/http/lame-duck';
import { listen } from '@polity/kernel/http/listen';
import { memoryStore } from '@polity/kernel/kv/memory';
import { createLogger } from '@polity/kernel/log/logger';
import { processMetrics } from '@polity/kernel/metrics/metrics';
import { diskSpace } from '@polity/kernel/ops/disk';
import { opsServer } from '@polity/kernel/ops/server';
import { keepQuiet } from '@polity/kernel/process/command';
import { openOutbound } from '@polity/kernel/process/open-outbound';
import { budgetOf, type Databases, openDatabases, openStore } from '@polity/kernel/process/platform';
import { memoryNonces } from '@polity/kernel/request/nonces';
import { startTracing } from '@polity/kernel/tracing/tracing';
import { registry } from './subgraphs/registry.ts';

/** Lines for whoever sits before it; in production the log has it all, and nothing but JSON. */
let say = (line: string) => void process.stdout.write(`${line}\n`);

/** Things to close, last opened first. */
const closers: (() => Promise<unknown>)[] = [];
let databases: Databases | null = null;
let stopping = false;

const CLOSE_MS = 20_000;

/** Ends what is open, and the database server after everything that uses it, in bounded time. */
async function drain(): Promise<void> {
  const close = async () => {
    for (const close of closers.reverse()) await close().catch(() => undefined);
  };
  await Promise.race([close(), sleep(CLOSE_MS)]);
  await databases?.stop().catch(() => undefined);
}

/** Says that this process is not ready any more, and how long it serves on; nothing as long as it does not serve. */
let leave = async () => {};

function onceStopped(): void {
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    say('\nStopping …');
    // A start that is cut short leaves what it has not handed over yet; the guard of the database server ends that with this process.
    await leave();
    await drain();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
}

async function openPlatform(
  env: PlatformEnv,
  databases: Databases,
  running: Map<string, StartedSubgraph>,
): Promise<Platform & { decisions: DecisionSender }> {
  const production = env.NODE_ENV === 'production';
  const log = createLogger({ service: 'polity', level: env.LOG_LEVEL, pretty: !production });
  closers.push(startTracing(env.OTEL_EXPORTER_OTLP_ENDPOINT, log).close);
  const kv = await openStore(env, databases, registry.length);
  closers.push(() => kv.close());
  const files = openFiles(env);
  closers.push(() => files.close());
  // One process is the only writer and reader of stamps, so memory is as strict as any store (decision 0003).
  const stamps = env.REDIS_URL ? kv : memoryStore();
  const bus = env.NATS_URL
    ? natsBus({ url: env.NATS_URL, user: env.NATS_USER, password: env.NATS_PASSWORD, log })
    : localBus();
  closers.push(() => bus.close());
  const transport = inProcessTransport(running);
  const decisions = decisionSender({ services: serviceClients(transport, 'polity', true), log });
  const access = accessReader({
    stamps,
    source: remoteAccessSource(serviceClients(transport, 'polity')),
    clock: systemClock,
    onDecision: decisions.note,
  });
  return {
    log,
    kv,
    stamps,
    files,
    bus,
    connections: budgetOf(env, registry.length).perSubgraph,
    env: process.env,
    masterSecret: databases.key,
    publicUrl: publicUrlOf(env),
    production,
    transport,
    outbound: openOutbound(env),
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
  for (const started of running.values()) started.jobs?.start();
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
  Try first  ${seeded ? 'open GraphiQL, sign in as alice@demo.test at the top, press play on "Welcome".' : 'npm run invite -- --tenant <slug>, then open the link that it prints.'}
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

function announce(env: PlatformEnv, { publicUrl, production, log }: Platform, seeded: boolean): void {
  if (production) log.info({ port: env.PORT }, 'ready');
  else say(block(publicUrl, `http://localhost:${env.OPS_PORT}`, seeded));
}

/** What operators ask; in one process the database is watched here, too. */
async function openOps(env: PlatformEnv, { kv, bus, files, masterSecret, log }: Platform, graph: Supergraph) {
  const ops = opsServer({
    checks: { store: () => kv.ping(), ...(env.DATABASE_URL ? {} : { disk: diskSpace(env.DATA_DIR) }) },
    degraded: { bus: () => bus.ping(), files: () => files.ping() },
    metrics: processMetrics,
  });
  await supergraphRoute(ops.app, { name: 'gateway', masterSecret, nonces: memoryNonces(), log }, graphCommands(graph));
  return ops;
}

async function openGateway(
  { DEFAULT_TENANT: defaultTenant }: PlatformEnv,
  platform: Platform,
): Promise<StartedGateway> {
  // A subgraph whose database hangs must not take the others' operations with it, in one process neither.
  const transport = guardedTransport(platform.transport, { log: platform.log });
  const gateway = await startGateway({
    platform: { ...platform, transport },
    defaultTenant,
    watch: !platform.production,
  });
  closers.push(() => gateway.close());
  if (gateway.settings.workers > 1)
    throw new StartError(
      'GATEWAY_WORKERS is for a gateway that is a process of its own (npm run start:many, containers).',
    );
  return gateway;
}

async function start(): Promise<void> {
  const env = readEnv(platformEnv, process.env, 'Polity');
  publicUrlOf(env);
  const names = registry.map(({ name }) => name);
  if (env.NODE_ENV === 'production') say = () => undefined;
  say('Starting Polity …');
  databases = await openDatabases(env, names, { onProgress: (line) => say(`  ${line}`) });
  const running = new Map<string, StartedSubgraph>();
  const platform = await openPlatform(env, databases, running);
  say('  Preparing subgraphs …');
  await startSubgraphs(platform, databases, running);
  closers.push(() => platform.decisions.close());
  const gateway = await openGateway(env, platform);
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
  const app = await httpApp({ ...gateway, ...gateway.settings, demoAccounts: seeded, routes });
  const ops = await openOps(env, platform, gateway.graph);
  await bound('OPS_PORT', env.OPS_PORT, () => listen(ops.app, '127.0.0.1', env.OPS_PORT));
  closers.push(() => ops.app.close());
  const goElsewhere = lameDuck(app);
  await bound('PORT', env.PORT, () => listen(app, listenHost(env), env.PORT));
  closers.push(() => app.close());
  leave = async () => {
    ops.drain();
    goElsewhere();
    await sleep(drainMs(env));
  };
  announce(env, platform, seeded);
}

keepQuiet();
onceStopped();
start().catch(async (error: unknown) => {
  // What was closed under a start that is being stopped fails, and says nothing of use.
  if (stopping) return;
  if (error instanceof StartError) process.stderr.write(`\nPolity cannot start: ${error.message}\n`);
  else process.stderr.write(`\nPolity cannot start, for a reason nobody foresaw:\n${(error as Error).stack}\n`);
  await drain();
  process.exit(1);
});
