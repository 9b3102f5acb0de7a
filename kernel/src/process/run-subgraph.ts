import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { decisionSender } from '../access/decision-sender.ts';
import { accessReader, remoteAccessSource } from '../access/reader.ts';
import { systemClock } from '../clock.ts';
import { type PlatformEnv, platformEnv, processEnv, readEnv } from '../config/env.ts';
import { StartError } from '../config/start-error.ts';
import type { Bus } from '../events/bus.ts';
import type { EventEnvelope } from '../events/envelope.ts';
import { localBus } from '../events/local-bus.ts';
import { natsBus } from '../events/nats-bus.ts';
import { httpTransport, type SignedPost, signedPost } from '../graph/http-transport.ts';
import { inProcessTransport } from '../graph/in-process.ts';
import type { RunningSubgraph } from '../graph/running.ts';
import { type SignedOptions, subgraphApp } from '../graph/serve.ts';
import { type Platform, type StartedSubgraph, serviceClients, startSubgraph } from '../graph/start-subgraph.ts';
import type { AnySubgraph } from '../graph/subgraph.ts';
import type { Transport } from '../graph/transport.ts';
import { createLogger, type Logger } from '../log/logger.ts';
import { processMetrics } from '../metrics/metrics.ts';
import { opsServer } from '../ops/server.ts';
import { memoryNonces, storeNonces } from '../request/nonces.ts';
import { httpBus } from './http-bus.ts';
import { type Databases, openDatabases, openStore } from './platform.ts';

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
  databases: Databases;
  /** Takes an event that another service posted. */
  receive(envelope: EventEnvelope): Promise<void>;
  /** What other services sign their requests to this one for. */
  signed: SignedOptions;
  closers: (() => Promise<unknown>)[];
}

function withLocal(remote: Transport, local: Map<string, RunningSubgraph>): Transport {
  const here = inProcessTransport(local);
  return {
    execute: (name, request, info) => (local.has(name) ? here : remote).execute(name, request, info),
    close: () => remote.close(),
  };
}

interface OpenBus {
  bus: Bus;
  receive(envelope: EventEnvelope): Promise<void>;
}

function openBus(env: PlatformEnv, name: string, client: () => SignedPost, log: Logger): OpenBus {
  if (env.NATS_URL) {
    // With a broker nobody posts events; one that comes all the same must not be published a second time.
    return { bus: natsBus({ url: env.NATS_URL, log }), receive: async () => {} };
  }
  const others = Object.keys(serviceAddresses(env)).filter((other) => other !== name);
  const bus = httpBus(localBus(), others, client());
  return { bus, receive: bus.receive };
}

/** Opens database, store, bus and transport of a process named `name`. Throws StartError. */
export async function openProcess(name: string, local: Map<string, RunningSubgraph>): Promise<ManyProcess> {
  const env = readEnv(platformEnv, processEnv, name);
  if (!env.DATABASE_URL)
    throw new StartError('DATABASE_URL is not set. Only `npm start` brings a database of its own.');
  const addresses = serviceAddresses(env);
  const production = env.NODE_ENV === 'production';
  const log = createLogger({ service: name, level: env.LOG_LEVEL, pretty: !production });
  const databases = await openDatabases(env, [name], () => {});
  const masterSecret = databases.secrets.master;
  const kv = await openStore(env, databases);
  const { bus, receive } = openBus(env, name, () => signedPost(addresses, masterSecret), log);
  const transport = withLocal(httpTransport(addresses, masterSecret), local);
  const decisions = decisionSender({ services: serviceClients(transport, name, true), log });
  const source = remoteAccessSource(serviceClients(transport, name));
  const access = accessReader({ stamps: kv, source, clock: systemClock, onDecision: decisions.note });
  const publicUrl = env.PUBLIC_URL ?? 'http://localhost:4000';
  const platform: Platform = {
    log,
    kv,
    stamps: kv,
    bus,
    env: processEnv,
    masterSecret,
    publicUrl,
    production,
    transport,
    access,
  };
  // Without Redis there is one replica of each service, and its own memory is enough.
  const nonces = env.REDIS_URL ? storeNonces(kv, `nonce:${name}`) : memoryNonces();
  const signed = { name, masterSecret, nonces, log };
  return {
    env,
    platform,
    databases,
    receive,
    signed,
    closers: [() => kv.close(), () => transport.close(), () => bus.close(), () => decisions.close()],
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

async function listening(app: FastifyInstance, port: number): Promise<number> {
  await app.listen({ host: '0.0.0.0', port });
  return (app.server.address() as AddressInfo).port;
}

/** Ends the process in order on SIGTERM or SIGINT: not ready, then no new work, then what is open. */
export function drainOnSignal(drain: () => void, closers: (() => Promise<unknown>)[]): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    drain();
    const close = async () => {
      for (const closer of closers.reverse()) await closer().catch(() => undefined);
    };
    await Promise.race([close(), sleep(20_000)]);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
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
    checks: { store: () => platform.kv.ping(), database: () => started.ping(), settled: isSettled },
    metrics: processMetrics,
  });
  drainOnSignal(() => ops.drain(), closers);
  await listening(ops.app, env.OPS_PORT);
  closers.push(() => ops.app.close());
  const port = await listening(app, env.PORT);
  closers.push(() => app.close());
  platform.log.info({ port }, 'listening');
  started.publish();
  await untilSettled(platform.log, () => started.ready());
  if (env.SEED === 'demo' && !platform.production) await untilSettled(platform.log, () => started.seed());
  settled = true;
  platform.log.info('ready');
}

/** Runs one subgraph as a process of its own; the only call in its `main.ts`. */
export function runSubgraph(definition: AnySubgraph): void {
  serveSubgraph(definition).catch((error: unknown) => failToStart(definition.name, error));
}
