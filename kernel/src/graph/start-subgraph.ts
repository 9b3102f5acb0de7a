import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { FastifyInstance } from 'fastify';
import { type AccessReader, accessReader, remoteAccessSource } from '../access/reader.ts';
import { removeScopeJob } from '../access/removed-scopes.ts';
import { type Clock, systemClock } from '../clock.ts';
import { StartError } from '../config/start-error.ts';
import { answeringBy } from '../db/lending.ts';
import { awaitMigrations, migrate } from '../db/migrate.ts';
import { openOrm, tenantEm, type Walls } from '../db/orm.ts';
import { dutyFields } from '../duties/duty-fields.ts';
import type { Bus } from '../events/bus.ts';
import type { Relay } from '../events/relay.ts';
import type { FileStore } from '../files/store.ts';
import { sweepFilesJob } from '../files/sweep.ts';
import { fileKeys } from '../files/token.ts';
import type { Outbound } from '../http/outbound.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { retentionJob } from '../jobs/retention.ts';
import { type JobRunner, jobRunner } from '../jobs/runner.ts';
import type { KeyValueStore } from '../kv/store.ts';
import type { Logger } from '../log/logger.ts';
import { internalRequest } from '../request/acting.ts';
import type { RequestInfo } from '../request/context.ts';
import { type ServiceClient, serviceClient } from '../service/client.ts';
import { tracedAnswers } from '../tracing/tracing.ts';
import { contextFor } from './context.ts';
import { AppError } from './errors.ts';
import { operatorFields } from './operator-fields.ts';
import { type RunningSubgraph, runningSubgraph } from './running.ts';
import { buildSchema } from './schema.ts';
import type { AnySubgraph, BaseContext, OpenContext, Runtime } from './subgraph.ts';
import { type SubgraphEvents, subgraphEvents } from './subgraph-events.ts';
import type { Transport } from './transport.ts';

/** What a process hands to each subgraph that it starts. */
export interface Platform {
  log: Logger;
  clock?: Clock;
  kv: KeyValueStore;
  /** Where access stamps live; must be shared by all processes. */
  stamps: KeyValueStore;
  files: FileStore;
  bus: Bus;
  env: Record<string, string | undefined>;
  masterSecret: string;
  publicUrl: string;
  production: boolean;
  transport: Transport;
  outbound: Outbound;
  /** Shared by all subgraphs of one process; made on demand where absent. */
  access?: AccessReader;
  walls?: Walls;
  /** Who brings databases to the newest migration: this process (the default), or another that this one waits for, or it is done. */
  migrations?: 'run' | 'await' | 'done';
  /** Connections that the pool of each subgraph opens at most; 10 unless given. */
  connections?: number;
  onQuery?(subgraph: string, sql: string): void;
}

/** Addresses of a subgraph's database by role: the owner migrates, the app serves. */
export interface DatabaseUrls {
  ownerUrl: string;
  appUrl: string;
}

/** A started subgraph; `ready` settles what needs other subgraphs, `close` drains it. */
export interface StartedSubgraph extends RunningSubgraph {
  definition: AnySubgraph;
  runtime: Runtime;
  ports: unknown;
  orm: MikroORM | null;
  /** Opens a context of this subgraph for work outside an operation. */
  open: OpenContext<BaseContext>;
  readonly relay: Relay | null;
  /** Runs this subgraph's jobs once it is started; null without a database. */
  jobs: JobRunner | null;
  ready(): Promise<void>;
  /** Starts publishing events; call it once every consumer of this process is subscribed. */
  publish(): void;
  /** Puts demo data in, once. */
  seed(): Promise<void>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  routes(app: FastifyInstance): Promise<void>;
  close(): Promise<void>;
}

/** Clients for the service `name`, outside any request. */
export function serviceClients(
  transport: Transport,
  name: string,
  background = false,
): (tenantId: string | null) => ServiceClient {
  return (tenantId) => serviceClient(transport, name, internalRequest(tenantId, background));
}

function makeRuntime(definition: AnySubgraph, platform: Platform, orm: MikroORM | null): Runtime {
  const services = serviceClients(platform.transport, definition.name, true);
  const source = remoteAccessSource(serviceClients(platform.transport, definition.name));
  const clock = platform.clock ?? systemClock;
  return {
    name: definition.name,
    log: platform.log.child({ service: definition.name }),
    clock,
    kv: platform.kv,
    files: { store: platform.files, keys: fileKeys(platform.masterSecret) },
    bus: platform.bus,
    env: platform.env,
    masterSecret: platform.masterSecret,
    em: (tenantId) => tenantEm(orm as MikroORM, tenantId, null, platform.walls) as EntityManager,
    services,
    outbound: platform.outbound,
    access: platform.access ?? accessReader({ stamps: platform.stamps, source, clock }),
    stamps: platform.stamps,
    publicUrl: platform.publicUrl,
    production: platform.production,
  };
}

/** Migrates, opens and wires one subgraph; nothing listens yet. Throws StartError for bad configuration or a table with holes. */
export async function startSubgraph(
  definition: AnySubgraph,
  platform: Platform,
  database: DatabaseUrls | null,
): Promise<StartedSubgraph> {
  let events: SubgraphEvents | null = null;
  const schema = buildSchema(
    definition,
    definition.orm ? [operatorFields(() => events?.operator ?? null), dutyFields(definition)] : [],
  );
  const orm = await openDatabase(definition, platform, database);
  const runtime = makeRuntime(definition, platform, orm);
  const ports = definition.boot ? await definition.boot(runtime) : undefined;
  const walls = platform.walls ?? { queries: true };
  const source = { definition, runtime, ports, orm, transport: platform.transport, access: runtime.access, walls };
  const open = (request: RequestInfo) => contextFor(source, request);
  const jobs = orm && jobRunner(jobsOf(definition), runtime, { ports, open }, orm);
  const url = database?.appUrl;
  events = orm && url ? await subgraphEvents(definition, runtime, orm, { url, open, jobs }) : null;
  const running = runningSubgraph({ ...source, schema });
  return {
    ...running,
    execute: tracedAnswers(definition.name, running.execute),
    open,
    definition,
    runtime,
    ports,
    orm,
    jobs,
    get relay() {
      return events?.relay ?? null;
    },
    publish: () => events?.publish(),
    ready: () => settle(definition, runtime, ports),
    seed: async () => definition.seed?.(runtime, ports, open),
    ping: async () => void (await orm?.em.fork().execute('select 1')),
    routes: async (app) => openRoutes(app, async (scope) => definition.routes?.(scope, runtime, ports, open)),
    async close() {
      await jobs?.close();
      await events?.close();
      await definition.close?.(ports);
      await orm?.close(true);
    },
  };
}

/** The jobs that every subgraph with a database has, and its own. */
function jobsOf({ retention, scoped, keepsFiles, jobs = [] }: AnySubgraph): JobDefinition[] {
  const ofKernel = [...(scoped ? [removeScopeJob(scoped)] : []), ...(keepsFiles ? [sweepFilesJob] : [])];
  return [retentionJob(retention), ...ofKernel, ...jobs];
}

/** Ten seconds, as long as an operation may take. */
const ROUTE_MS = 10_000;

/** The routes that a subgraph has beside the graph. */
async function openRoutes(app: FastifyInstance, routes: (scope: FastifyInstance) => Promise<void>): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', (_request, _reply, done) => answeringBy(Date.now() + ROUTE_MS, done));
    await routes(scope);
  });
}

async function openDatabase(
  definition: AnySubgraph,
  platform: Platform,
  database: DatabaseUrls | null,
): Promise<MikroORM | null> {
  if (!definition.orm || !database) return null;
  const { onQuery, log, connections, migrations = 'run' } = platform;
  if (migrations === 'run') await migrate(definition.orm, database.ownerUrl);
  if (migrations === 'await') await awaitMigrations(definition.orm, database.appUrl, (line) => log.warn(line));
  return openOrm(definition.orm, database.appUrl, {
    connections,
    onQuery: onQuery && ((sql) => onQuery(definition.name, sql)),
  });
}

const REGISTER =
  'mutation RegisterAccess($subgraph: String!, $declaration: JSON!) { _registerAccess(subgraph: $subgraph, declaration: $declaration) }';

/** Registers the declared permissions and roles with the access subgraph. Throws StartError with all that is wrong about them. */
async function register({ name, access }: AnySubgraph, runtime: Runtime): Promise<void> {
  if (access.permissions.length + access.roles.length === 0) return;
  try {
    await runtime.services(null).call('access', REGISTER, { subgraph: name, declaration: access });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'VALIDATION_ERROR') throw error;
    const { declaration } = (error.details.fields ?? {}) as { declaration?: string };
    throw new StartError(`What ${name} declares in src/access.ts cannot be granted: ${declaration ?? error.message}.`);
  }
}

async function settle(definition: AnySubgraph, runtime: Runtime, ports: unknown): Promise<void> {
  await register(definition, runtime);
  await definition.ready?.(runtime, ports);
}
