import { accessReader, type AccessReader, remoteAccessSource } from '@polity/kernel/access/reader';
import { inProcessTransport } from '@polity/kernel/graph/in-process';
import type { RunningSubgraph } from '@polity/kernel/graph/running';
import { type Platform, serviceClients, startSubgraph } from '@polity/kernel/graph/start-subgraph';
import type { Transport } from '@polity/kernel/graph/transport';
import { systemClock } from '@polity/kernel/clock';
import { fileURLToPath } from 'node:url';
import { startApi } from './api.ts';
import { tenantDirectory } from './identify.ts';
import { permissions, trivialRules } from './permissions/table.ts';
import type { Door } from './request.ts';
import { sessionSubgraph } from './session-subgraph.ts';
import { sessionStore } from './session/store.ts';
import { supergraph } from './supergraph.ts';

export interface GatewayOptions {
  platform: Platform;
  /** Slug of the tenant of requests that name none. */
  defaultTenant: string;
  /** Reload the supergraph when its file changes. */
  watch?: boolean;
  supergraphPath?: string;
}

const SUPERGRAPH = fileURLToPath(import.meta.resolve('../../schema/supergraph.graphql'));

/** The gateway's own subgraph answers in this process; all others over the platform's transport. */
function withOwn(transport: Transport, own: Map<string, RunningSubgraph>): Transport {
  const local = inProcessTransport(own);
  return {
    execute: (name, request, info) => (own.has(name) ? local : transport).execute(name, request, info),
    close: () => transport.close(),
  };
}

/** Starts the gateway over running subgraphs: API, sessions and its own small subgraph; nothing listens yet. */
export async function startGateway({ platform, defaultTenant, watch = false, supergraphPath = SUPERGRAPH }: GatewayOptions) {
  const { log, publicUrl } = platform;
  const clock = platform.clock ?? systemClock;
  const own = new Map<string, RunningSubgraph>();
  const transport = withOwn(platform.transport, own);
  const services = serviceClients(transport, 'gateway');
  const access: AccessReader = platform.access ?? accessReader({ stamps: platform.stamps, source: remoteAccessSource(services), clock });
  const store = sessionStore(platform.kv, clock);
  const directory = tenantDirectory(() => services(null));
  const keepers: Door['keepers'] = new WeakMap();
  const isMember = async (request: { viewer: { id: string | null } }, tenantId: string) => {
    const query = 'query IsMember($userId: ID!) { _isTenantMember(userId: $userId) }';
    const { _isTenantMember } = await services(tenantId).call<{ _isTenantMember: boolean }>('identity', query, { userId: request.viewer.id });
    return _isTenantMember;
  };
  const ports = { store, directory, keeperOf: (request: Parameters<typeof keepers.get>[0]) => keepers.get(request), isMember, supergraphPath };
  const sessions = await startSubgraph(sessionSubgraph(ports), { ...platform, transport, access }, null);
  own.set('gateway', sessions);
  const graph = supergraph({ supergraphPath, transport, permissions, trivial: trivialRules, log, watch });
  const api = await startApi(graph, log);
  const url = new URL(publicUrl);
  const door: Door = { store, directory, access, cookie: { secure: url.protocol === 'https:' }, publicHost: url.host, defaultTenant, clock, log, keepers };
  return {
    api,
    door,
    store,
    async close() {
      await api.stop();
      await sessions.close();
    },
  };
}

export type StartedGateway = Awaited<ReturnType<typeof startGateway>>;
