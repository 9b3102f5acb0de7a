import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { accessReader, remoteAccessSource } from '@polity/kernel/access/reader';
import { type Clock, systemClock } from '@polity/kernel/clock';
import { deriveKey } from '@polity/kernel/config/secrets';
import { inProcessTransport } from '@polity/kernel/graph/in-process';
import type { RunningSubgraph } from '@polity/kernel/graph/running';
import { type Platform, serviceClients, startSubgraph } from '@polity/kernel/graph/start-subgraph';
import type { Transport } from '@polity/kernel/graph/transport';
import type { RequestInfo } from '@polity/kernel/request/context';
import { signedInKey } from '@polity/kernel/request/signed-in';
import { tokenEpoch } from '@polity/kernel/request/token-epoch';
import type { ServiceClient } from '@polity/kernel/service/client';
import { tracedCalls } from '@polity/kernel/tracing/tracing';
import { startApi } from './api.ts';
import { tokenReader } from './bearer.ts';
import { type GatewayConfig, gatewayConfig } from './config.ts';
import { type DocumentReaders, documentReaders } from './documents/read.ts';
import type { Graph } from './graph/build.ts';
import { mustKeepPublished } from './graph/published.ts';
import { warm } from './graph/warm.ts';
import { publishedWarmer } from './graph/warm-published.ts';
import { guests } from './guests.ts';
import { subscriptions } from './live/subscriptions.ts';
import { type PersistedOperations, persistedOperations } from './persisted/persisted-operations.ts';
import { quickEntry } from './quick.ts';
import { type RateLimit, rateLimit } from './rate-limit.ts';
import type { GatewayRuntime } from './request.ts';
import { endSessionsOnEvents } from './session/events.ts';
import { sessionStore } from './session/store.ts';
import { type SessionPorts, sessionSubgraph } from './session-subgraph.ts';
import { shareRate } from './shared-rate.ts';
import { type Supergraph, supergraph } from './supergraph.ts';
import { tenantDirectory } from './tenant.ts';
import { sweepHourly, type UploadPorts, uploadPorts } from './uploads/ports.ts';

export interface GatewayOptions {
  platform: Platform;
  /** Slug of the tenant of requests that name none. */
  defaultTenant: string;
  /** Reload the supergraph when its file changes. */
  watch?: boolean;
  supergraphPath?: string;
}

type Services = (tenantId: string | null) => ServiceClient;

const TENANT_UPDATED = 'identity.tenant.updated';
const SUPERGRAPH = fileURLToPath(import.meta.resolve('../../schema/supergraph.graphql'));
const IS_MEMBER = 'query IsMember($userId: ID!) { _isTenantMember(userId: $userId) }';

/** The gateway's own subgraph answers in this process; all others over the platform's transport. */
function withOwn(transport: Transport, own: Map<string, RunningSubgraph>): Transport {
  const local = inProcessTransport(own);
  return {
    ...transport,
    execute: (name, request, info) => (own.has(name) ? local : transport).execute(name, request, info),
  };
}

async function isMember(services: Services, { viewer }: RequestInfo, tenantId: string): Promise<boolean> {
  const answer = await services(tenantId).call<{ _isTenantMember: boolean }>('identity', IS_MEMBER, {
    userId: viewer.id,
  });
  return answer._isTenantMember;
}

/** Times the points of one payer that all operations of a tenant may take together. */
const PAYERS_OF_A_TENANT = 20;

function limitsOf({ rateLimit: perMinute, rateBurst: burst }: GatewayConfig, clock: Clock) {
  if (perMinute === 0) return { rateLimit: null, tenantLimit: null };
  const ofTenant = { perMinute: perMinute * PAYERS_OF_A_TENANT, burst: burst * PAYERS_OF_A_TENANT };
  return { rateLimit: rateLimit({ perMinute, burst }, clock), tenantLimit: rateLimit(ofTenant, clock) };
}

/** With Redis there may be several gateways, and what one of them gives the others must not give again. */
function shareLimits(
  { platform }: GatewayOptions,
  { rateBurst }: GatewayConfig,
  runtime: GatewayRuntime,
): () => Promise<void> {
  const { rateLimit: payers, tenantLimit: tenants, clock } = runtime;
  if (!platform.env.REDIS_URL || !payers || !tenants) return async () => {};
  const share = (limit: RateLimit, burst: number) => shareRate(limit, platform.kv, burst / 50, clock);
  const stops = [share(payers, rateBurst), share(tenants, rateBurst * PAYERS_OF_A_TENANT)];
  return async () => void (await Promise.all(stops.map((stop) => stop())));
}

/** What stands behind every request: who asks, for which tenant, with which rights. */
function openRuntime(
  { platform, defaultTenant }: GatewayOptions,
  settings: GatewayConfig,
  services: Services,
): GatewayRuntime {
  const { log, kv, stamps, publicUrl } = platform;
  const clock = platform.clock ?? systemClock;
  const { protocol, host } = new URL(publicUrl);
  return {
    store: sessionStore(kv, clock),
    directory: tenantDirectory(() => services(null), clock),
    tokens: tokenReader(() => services(null), tokenEpoch(stamps, clock), clock),
    access: platform.access ?? accessReader({ stamps, source: remoteAccessSource(services), clock }),
    ...limitsOf(settings, clock),
    guests: guests(clock),
    cookie: { secure: protocol === 'https:' },
    publicHost: host,
    defaultTenant,
    slowMs: settings.slowMs,
    clock,
    log,
    sessions: new WeakMap(),
    stuckCalls: platform.transport.stuckCalls ?? (() => 0),
  };
}

/** Names of the subgraphs that a supergraph was composed of, but the gateway's own. */
async function subgraphNames(supergraphPath: string): Promise<string[]> {
  const sdl = await readFile(supergraphPath, 'utf8');
  const names = [...sdl.matchAll(/@join__graph\(name: "([^"]+)"/g)].map(([, name]) => name as string);
  return names.filter((name) => name !== 'gateway');
}

/** Texts that are prepared for another graph before it serves. */
const PREPARED = 1_000;

/** What serves one graph is ready for the next before it serves: nothing published breaks, and what is asked for now is planned already. */
function prepareReloads(
  graph: Supergraph,
  documents: DocumentReaders,
  persisted: PersistedOperations,
  judge: (next: Graph) => Promise<void>,
): void {
  graph.prepareBy({
    judge,
    async warm(next) {
      const asked = new Set([...documents.of(graph.schema()).texts(), ...persisted.texts()]);
      await warm(next, documents.of(next.apiSchema), [...asked].slice(0, PREPARED));
    },
  });
}

/** What answers operations: Apollo Server, the quick way past it, what knows the published ones, and what follows them. */
async function openAnswering(
  { kv, bus }: Platform,
  { allowBrokenOperations }: GatewayConfig,
  graph: Supergraph,
  services: Services,
  runtime: GatewayRuntime,
) {
  const { clock, log } = runtime;
  const documents = documentReaders();
  const reader = () => documents.of(graph.schema());
  const api = await startApi(graph, documents, log);
  const quick = quickEntry(graph.execute, (text) => reader().known(text));
  const warmer = publishedWarmer({ services, graph, documents, log });
  const persisted = await persistedOperations({ services, kv, bus, clock, log, reader, warmer });
  const judge = async ({ apiSchema }: Graph) =>
    allowBrokenOperations ? undefined : mustKeepPublished(apiSchema, services);
  prepareReloads(graph, documents, persisted, judge);
  const live = await subscriptions({ runtime, graph, documents, persisted, bus });
  return { api, quick, persisted, subscriptions: live };
}

/** What the gateway's own subgraph is given. */
async function portsOf(
  { store, directory, sessions }: GatewayRuntime,
  uploads: UploadPorts,
  services: Services,
  graphVersion: () => string,
  supergraphPath: string,
): Promise<SessionPorts> {
  return {
    store,
    directory,
    uploads,
    sessionOf: (request) => sessions.get(request),
    isMember: (request, tenantId) => isMember(services, request, tenantId),
    graphVersion,
    subgraphs: await subgraphNames(supergraphPath),
  };
}

/** What happens to people and tenants acts here at once: in one gateway for what is kept in the store, in each for what each remembers. */
async function listenToIdentity({ bus }: Platform, { store, directory }: GatewayRuntime): Promise<() => Promise<void>> {
  const unsubscribe = await endSessionsOnEvents(bus, store);
  const unwatch = await bus.watch([TENANT_UPDATED], ({ subject }) => directory.changed(subject));
  return async () => {
    await unwatch();
    await unsubscribe();
  };
}

/** Starts the gateway over running subgraphs: API, sessions and its own small subgraph; nothing listens yet. Throws StartError. */
export async function startGateway(options: GatewayOptions) {
  const { platform, watch = false, supergraphPath = SUPERGRAPH } = options;
  const settings = gatewayConfig(platform.env);
  const own = new Map<string, RunningSubgraph>();
  const transport = withOwn(tracedCalls(platform.transport, 'gateway'), own);
  const services = serviceClients(transport, 'gateway');
  const runtime = openRuntime(options, settings, services);
  const { access, log } = runtime;
  const graph = supergraph({
    supergraphPath,
    transport,
    log,
    maxCost: settings.maxCost,
    allowLooserGuards: settings.allowLooserGuards,
    watch,
  });
  const uploads = uploadPorts(platform, runtime.clock);
  const ports = await portsOf(runtime, uploads, services, graph.version, supergraphPath);
  const sessions = await startSubgraph(sessionSubgraph(ports), { ...platform, transport, access }, null);
  own.set('gateway', sessions);
  const answering = await openAnswering(platform, settings, graph, services, runtime);
  const stopSharing = shareLimits(options, settings, runtime);
  const stopListening = await listenToIdentity(platform, runtime);
  const sweeping = sweepHourly(uploads, platform);
  return {
    ...answering,
    graph,
    formKey: deriveKey(platform.masterSecret, 'gateway/page-forms'),
    signedInKey: signedInKey(platform.masterSecret),
    services,
    runtime,
    uploads,
    settings,
    async close() {
      await answering.subscriptions.close();
      await sweeping.stop();
      await stopSharing();
      await stopListening();
      await answering.persisted.close();
      await answering.api.stop();
      await sessions.close();
    },
  };
}

export type StartedGateway = Awaited<ReturnType<typeof startGateway>>;
