import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decisionSender } from '../access/decision-sender.ts';
import { type AccessReader, accessReader, remoteAccessSource } from '../access/reader.ts';
import { type ManualClock, manualClock } from '../clock.ts';
import { platformEnv, readEnv } from '../config/env.ts';
import { migrate } from '../db/migrate.ts';
import type { Walls } from '../db/orm.ts';
import type { Bus } from '../events/bus.ts';
import { localBus } from '../events/local-bus.ts';
import { diskFiles } from '../files/disk.ts';
import { inProcessTransport } from '../graph/in-process.ts';
import { type Platform, type StartedSubgraph, serviceClients, startSubgraph } from '../graph/start-subgraph.ts';
import type { AnySubgraph } from '../graph/subgraph.ts';
import type { GraphReply, Transport } from '../graph/transport.ts';
import { uuidv7 } from '../ids.ts';
import { memoryStore } from '../kv/memory.ts';
import type { KeyValueStore } from '../kv/store.ts';
import { createLogger } from '../log/logger.ts';
import { openOutbound } from '../process/open-outbound.ts';
import { anonymous, type RequestInfo, serviceViewer, type Viewer } from '../request/context.ts';
import type { ServiceClient } from '../service/client.ts';
import { createTemplate, databaseFromTemplate, type TestDatabase } from './postgres.ts';

/** What one stretch of work cost: statements by subgraph (transaction control left out), transactions, calls and reads of stamps. */
export interface Counts {
  statements: Record<string, string[]>;
  transactions: Record<string, number>;
  calls: Record<string, number>;
}

export interface WorldOptions {
  subgraphs: readonly AnySubgraph[];
  walls?: Walls;
  env?: Record<string, string | undefined>;
  /** Where the clock stands at first; the real time by default. */
  now?: Date;
  kv?: KeyValueStore;
  stamps?: KeyValueStore;
  log?: Platform['log'];
  /** What answers requests that leave; the real way out by default. */
  outbound?: Platform['outbound'];
}

/** The installation that a test runs on: subgraphs on databases of their own, with a clock that the test moves. */
export interface World {
  clock: ManualClock;
  platform: Platform;
  bus: Bus;
  access: AccessReader;
  /** Runs an operation on one subgraph as this viewer, in `tenantId`; the shield of the subgraph included, the gateway's not. */
  ask(
    subgraph: string,
    viewer: Viewer,
    query: string,
    variables?: Record<string, unknown>,
    request?: Partial<RequestInfo>,
  ): Promise<GraphReply>;
  services(tenantId: string | null): ServiceClient;
  subgraph(name: string): StartedSubgraph;
  /** The tenant that `ask` asks in; a test sets it once. */
  tenantId: string | null;
  /** Publishes and consumes every pending event, and hands over what was decided. */
  settle(): Promise<void>;
  /** Runs every job that is due. */
  runJobs(): Promise<void>;
  /** Runs `work` while events stay in their outboxes; else any of them may take effect at any moment. */
  withoutEvents<Result>(work: () => Promise<Result>): Promise<Result>;
  /** What `work` cost. */
  count<Result>(work: () => Promise<Result>): Promise<{ result: Result; counts: Counts }>;
  close(): Promise<void>;
}

const TRANSACTION_CONTROL =
  /^(begin|start transaction|commit|rollback|savepoint|release savepoint|select set_config\()/i;

/** A signed-in person; `authTime` is the world's present unless given. */
export function userViewer(id: string, more: Partial<Viewer> = {}): Viewer {
  return {
    ...anonymous,
    kind: 'user',
    id,
    sessionId: uuidv7(),
    amr: ['pwd'],
    acr: 'aal1',
    authTime: Math.floor(Date.now() / 1000),
    ...more,
  };
}

export { anonymous, serviceViewer };

function counter() {
  let current: Counts | null = null;
  const fresh = (): Counts => ({ statements: {}, transactions: {}, calls: {} });
  return {
    onQuery(subgraph: string, line: string) {
      if (!current) return;
      const sql = line
        .replace(/^\[query\]\s*/, '')
        .replace(/\s*\[took.*$/s, '')
        .trim();
      if (/^(begin|start transaction)/i.test(sql))
        current.transactions[subgraph] = (current.transactions[subgraph] ?? 0) + 1;
      if (!TRANSACTION_CONTROL.test(sql)) (current.statements[subgraph] ??= []).push(sql);
    },
    onCall(subgraph: string) {
      if (current) current.calls[subgraph] = (current.calls[subgraph] ?? 0) + 1;
    },
    async during<Result>(work: () => Promise<Result>) {
      const counts = fresh();
      current = counts;
      try {
        return { result: await work(), counts };
      } finally {
        current = null;
      }
    },
  };
}

function counted(transport: Transport, onCall: (subgraph: string) => void): Transport {
  return {
    execute(name, request, info) {
      onCall(name);
      return transport.execute(name, request, info);
    },
    close: () => transport.close(),
  };
}

async function openDatabases(subgraphs: readonly AnySubgraph[]): Promise<Map<string, TestDatabase>> {
  const databases = new Map<string, TestDatabase>();
  for (const { name, orm } of subgraphs) {
    if (!orm) continue;
    const template = await createTemplate(name, (ownerUrl) => migrate(orm, ownerUrl));
    databases.set(name, await databaseFromTemplate(template));
  }
  return databases;
}

/** Starts the given subgraphs in one process on fresh databases; give `access` first when others declare permissions. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const clock = manualClock(options.now ?? new Date());
  const counts = counter();
  const running = new Map<string, StartedSubgraph>();
  const transport = counted(inProcessTransport(running), counts.onCall);
  const bus = localBus();
  const kv = options.kv ?? memoryStore({ clock });
  const stamps = options.stamps ?? memoryStore({ clock });
  const folder = await mkdtemp(join(tmpdir(), 'polity-files-'));
  const clients = serviceClients(transport, 'test');
  // Sent by `settle` only, and without ordinary allows, so that what a test counts is the same each time.
  const log = options.log ?? createLogger({ service: 'test', level: 'silent' });
  const decisions = decisionSender({ services: clients, log, allowShare: 0, intervalMs: 3_600_000 });
  const source = remoteAccessSource(clients);
  const access = accessReader({ stamps, source, clock, onDecision: decisions.note });
  const platform: Platform = {
    log,
    clock,
    kv,
    stamps,
    files: diskFiles(folder),
    bus,
    env: options.env ?? {},
    masterSecret: Buffer.alloc(32, 7).toString('base64url'),
    publicUrl: 'http://localhost:4000',
    production: false,
    transport,
    outbound: options.outbound ?? openOutbound(readEnv(platformEnv, options.env ?? {}, 'test')),
    access,
    walls: options.walls ?? { queries: true },
    migrations: 'done',
    onQuery: counts.onQuery,
  };
  const databases = await openDatabases(options.subgraphs);
  for (const definition of options.subgraphs) {
    running.set(definition.name, await startSubgraph(definition, platform, databases.get(definition.name) ?? null));
  }
  for (const started of running.values()) started.publish();
  if (running.has('access')) for (const started of running.values()) await started.ready();

  const world: World = {
    clock,
    platform,
    bus,
    access,
    tenantId: null,
    services: clients,
    subgraph(name) {
      const started = running.get(name);
      if (!started) throw new Error(`The world has no subgraph ${name}.`);
      return started;
    },
    ask: (name, viewer, query, variables = {}, request = {}) =>
      world.subgraph(name).execute({ query, variables }, { ...requestOf(world, viewer), ...request }),
    async settle() {
      for (const { relay } of running.values()) await relay?.drain();
      await bus.idle();
      if (running.has('access')) await decisions.flush();
    },
    async runJobs() {
      for (const { jobs } of running.values()) await jobs?.drain();
    },
    async withoutEvents(work) {
      const { publish } = bus;
      bus.publish = async () => Promise.reject(new Error('events are held back'));
      try {
        return await work();
      } finally {
        bus.publish = publish;
      }
    },
    count: counts.during,
    async close() {
      for (const started of running.values()) await started.close();
      await bus.close();
      await rm(folder, { recursive: true, force: true });
      await Promise.all([...databases.values()].map((database) => database.drop()));
    },
  };
  return world;
}

function requestOf(world: World, viewer: Viewer): RequestInfo {
  return {
    requestId: uuidv7(),
    tenantId: world.tenantId,
    viewer,
    stamp: null,
    deadline: Date.now() + 10_000,
    onBehalfOf: null,
    address: '127.0.0.1',
    device: 'test',
  };
}
