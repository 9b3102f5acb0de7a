import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { decisionSender } from '../access/decision-sender.ts';
import { accessReader, remoteAccessSource } from '../access/reader.ts';
import { systemClock } from '../clock.ts';
import { drainMs, listenHost, type PlatformEnv, platformEnv, processEnv, publicUrlOf, readEnv } from '../config/env.ts';
import { StartError } from '../config/start-error.ts';
import type { Bus } from '../events/bus.ts';
import type { EventEnvelope } from '../events/envelope.ts';
import { localBus } from '../events/local-bus.ts';
import { natsBus } from '../events/nats-bus.ts';
import { openFiles } from '../files/open.ts';
import { guardedTransport } from '../graph/guarded-transport.ts';
import { httpTransport, type SignedPost, signedPost } from '../graph/http-transport.ts';
import { inProcessTransport } from '../graph/in-process.ts';
import type { RunningSubgraph } from '../graph/running.ts';
import { type SignedOptions, subgraphApp } from '../graph/serve.ts';
import { type Platform, type StartedSubgraph, serviceClients, startSubgraph } from '../graph/start-subgraph.ts';
import type { AnySubgraph } from '../graph/subgraph.ts';
import type { Transport } from '../graph/transport.ts';
import { lameDuck } from '../http/lame-duck.ts';
import { listen } from '../http/listen.ts';
import { createLogger, type Logger } from '../log/logger.ts';
import { metrics, processMetrics } from '../metrics/metrics.ts';
import { type OpsServer, opsServer } from '../ops/server.ts';
import { memoryNonces, storeNonces } from '../request/nonces.ts';
import { startTracing } from '../tracing/tracing.ts';
import { httpBus } from './http-bus.ts';
import { type JoinedDatabases, joinDatabases } from './join.ts';
import { openOutbound } from './open-outbound.ts';
import { budgetOf, openStore } from './platform.ts';

/** Addresses of the services of an installation, from `SUBGRAPHS=access=http://access:4000,identity=…`. Throws StartError. */
export function serviceAddresses(env: PlatformEnv): Record<string, string> {
  const pairs = (env.SUBGRAPHS ?? '')
    .split(',')
    .filter(Boolean)
    .map((pair) => pair.split('='));
  const valid = pairs.every(([name, url]) => name && url && URL.canParse(url));
  if (pairs.length === 0 || !valid)
    throw new StartError('SUBGRAPHS must list every subgraph as name=url, separated by commas.');
  return Object.fromEntries(pairs as [string, string][]);
}

/** What a process of the many-process shape opens before it serves; `close` in the reverse order. */
export interface ManyProcess {
  env: PlatformEnv;
  platform: Platform;
  databases: JoinedDatabases;
  /** Takes an event that another service posted. */
  receive(envelope: EventEnvelope): Promise<void>;
  /** What other services sign their requests to this one for. */
  signed: SignedOptions;
  closers: (() => Promise<unknown>)[];
}

function withLocal(remote: Transport, local: Map<string, RunningSubgraph>): Transport {
  const here = inProcessTransport(local);
  return {
    ...remote,
    execute: (name, request, info) => (local.has(name) ? here : remote).execute(name, request, info),
  };
}

interface OpenBus {
  bus: Bus;
  receive(envelope: EventEnvelope): Promise<void>;
}

function openBus(env: PlatformEnv, name: string, client: () => SignedPost, log: Logger): OpenBus {
  if (env.NATS_URL) {
    // With a broker nobody posts events; one that comes all the same must not be published a second time.
    return {
      bus: natsBus({ url: env.NATS_URL, user: env.NATS_USER, password: env.NATS_PASSWORD, log }),
      receive: async () => {},
    };
  }
  const others = Object.keys(serviceAddresses(env)).filter((other) => other !== name);
  const bus = httpBus(localBus(), others, client());
  return { bus, receive: bus.receive };
}

/** Counts and logs that the store of nonces is away; at most one such note a second comes from it. */
function noteOutage(name: string, log: Logger): (error: unknown) => void {
  return (error) => {
    metrics().nonceOutages.inc({ subgraph: name });
    log.warn({ err: error }, 'the store of nonces does not answer; each process remembers its own');
  };
}

/** A process of its own holds one; the gateway's holds none, and opens no pool for it. */
const SUBGRAPHS = 1;

/** Opens what processes share beside their databases: sessions and counters, and files. Throws StartError. */
async function openShared(env: PlatformEnv, databases: JoinedDatabases) {
  const files = openFiles(env);
  const kv = await openStore(env, databases, SUBGRAPHS);
  const close = async () => void (await Promise.all([kv.close(), files.close()]));
  return { shared: { kv, stamps: kv, files }, close };
}

/** Opens database, store, bus and transport of a process named `name`. Throws StartError. */
export async function openProcess(name: string, local: Map<string, RunningSubgraph>): Promise<ManyProcess> {
  const env = readEnv(platformEnv, processEnv, name);
  const addresses = serviceAddresses(env);
  const publicUrl = publicUrlOf(env);
  const production = env.NODE_ENV === 'production';
  const log = createLogger({ service: name, level: env.LOG_LEVEL, pretty: !production });
  const tracing = startTracing(env.OTEL_EXPORTER_OTLP_ENDPOINT, log);
  const databases = await joinDatabases(env, name, log);
  const { key: masterSecret, migrations } = databases;
  const { shared, close } = await openShared(env, databases);
  const { bus, receive } = openBus(env, name, () => signedPost(addresses, masterSecret), log);
  const transport = withLocal(guardedTransport(httpTransport(addresses, masterSecret), { log }), local);
  const decisions = decisionSender({ services: serviceClients(transport, name, true), log });
  const source = remoteAccessSource(serviceClients(transport, name));
  const access = accessReader({ stamps: shared.kv, source, clock: systemClock, onDecision: decisions.note });
  const platform: Platform = {
    log,
    ...shared,
    bus,
    connections: budgetOf(env, SUBGRAPHS).perSubgraph,
    env: processEnv,
    masterSecret,
    publicUrl,
    production,
    transport,
    outbound: openOutbound(env),
    access,
    migrations,
  };
  // Without Redis there is one replica of each service, and its own memory is enough.
  const nonces = env.REDIS_URL ? storeNonces(shared.kv, name, noteOutage(name, log)) : memoryNonces();
  const signed = { name, masterSecret, nonces, log };
  return {
    env,
    platform,
    databases,
    receive,
    signed,
    closers: [tracing.close, close, () => transport.close(), () => bus.close(), () => decisions.close()],
  };
}

/** Keeps trying what needs other services until it works; a subgraph is not ready before. */
export async function untilSettled(log: Logger, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt % 10 === 0) log.warn({ err: error, attempt }, 'still waiting for another service');
      await sleep(Math.min(2_000, 100 * attempt));
    }
  }
}

/** How a process that was told to stop takes its leave. */
export interface Leaving {
  /** Says that it is not ready any more, and sends clients elsewhere. */
  leave(): void;
  /** How long it serves on after that. */
  drainMs: number;
  /** What to close then, the last one first. */
  closers: (() => Promise<unknown>)[];
}

/**
 * Ends the process in order on SIGTERM or SIGINT: not ready but serving, then no new work, then what is open. A second signal ends it at once.
 * Returns what does the same, once, for whoever tells the process otherwise.
 */
export function drainOnSignal({ leave, drainMs: serveOnMs, closers }: Leaving): () => void {
  let stopping = false;
  const stop = async () => {
    stopping = true;
    leave();
    await sleep(serveOnMs);
    const close = async () => {
      for (const closer of closers.reverse()) await closer().catch(() => undefined);
    };
    await Promise.race([close(), sleep(20_000)]);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => (stopping ? process.exit(1) : void stop()));
  return () => {
    if (!stopping) void stop();
  };
}

/** A process that is about to serve. */
export interface Serving {
  env: PlatformEnv;
  /** What to close when it stops, the last one first. */
  closers: (() => Promise<unknown>)[];
  ops: OpsServer;
  app: FastifyInstance;
}

/** Serves operators and clients until a signal comes, and then takes its leave. Returns the port of the clients. */
export async function serveUntilStopped({ env, closers, ops, app }: Serving): Promise<number> {
  const goElsewhere = lameDuck(app);
  const leave = () => {
    ops.drain();
    goElsewhere();
  };
  drainOnSignal({ leave, drainMs: drainMs(env), closers });
  const host = listenHost(env);
  await listen(ops.app, host, env.OPS_PORT);
  closers.push(() => ops.app.close());
  const port = await listen(app, host, env.PORT);
  closers.push(() => app.close());
  return port;
}

/** Shows one sentence for what an operator can mend, and the whole error for what they cannot. */
export function failToStart(name: string, error: unknown): never {
  const text = error instanceof StartError ? error.message : (error as Error).stack;
  process.stderr.write(`${name} cannot start: ${text}\n`);
  process.exit(1);
}

async function serveSubgraph(definition: AnySubgraph): Promise<void> {
  const { name } = definition;
  const local = new Map<string, RunningSubgraph>();
  const { env, platform, databases, receive, signed, closers } = await openProcess(name, local);
  const started: StartedSubgraph = await startSubgraph(definition, platform, databases.urls[name] ?? null);
  local.set(name, started);
  closers.push(() => started.close());
  const app = await subgraphApp({ ...signed, subgraph: started, receive, routes: started.routes });
  let settled = false;
  const isSettled = async () => {
    if (!settled) throw new Error('other services are not there yet');
  };
  const ops = opsServer({
    checks: { database: () => started.ping(), settled: isSettled },
    degraded: { store: () => platform.kv.ping(), bus: () => platform.bus.ping(), files: () => platform.files.ping() },
    metrics: processMetrics,
  });
  const port = await serveUntilStopped({ env, closers, ops, app });
  platform.log.info({ port }, 'listening');
  started.publish();
  await untilSettled(platform.log, () => started.ready());
  started.jobs?.start();
  if (env.SEED === 'demo' && !platform.production) await untilSettled(platform.log, () => started.seed());
  settled = true;
  platform.log.info('ready');
}

/** Runs one subgraph as a process of its own; the only call in its `main.ts`. */
export function runSubgraph(definition: AnySubgraph): void {
  serveSubgraph(definition).catch((error: unknown) => failToStart(definition.name, error));
}
