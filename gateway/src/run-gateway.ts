import cluster from 'node:cluster';
import type { RunningSubgraph } from '@polity/kernel/graph/running';
import { eventRoute } from '@polity/kernel/graph/serve';
import { processMetrics } from '@polity/kernel/metrics/metrics';
import { opsServer } from '@polity/kernel/ops/server';
import { openProcess, serveUntilStopped, serviceAddresses } from '@polity/kernel/process/run-subgraph';
import { graphCommands, supergraphRoute } from './graph/command.ts';
import { httpApp } from './http.ts';
import { proxyRoutes } from './proxy.ts';
import { startGateway } from './start-gateway.ts';
import { serveForPrimary } from './workers/worker.ts';

/** Runs the gateway as a process of its own, over subgraphs that answer signed HTTP. Throws StartError. */
export async function runGateway(): Promise<void> {
  const { env, platform, receive, signed, closers } = await openProcess('gateway', new Map<string, RunningSubgraph>());
  const { production, kv, bus, files, log } = platform;
  const gateway = await startGateway({ platform, defaultTenant: env.DEFAULT_TENANT });
  closers.push(() => gateway.close());
  const addresses = serviceAddresses(env);
  const app = await httpApp({
    ...gateway,
    ...gateway.settings,
    demoAccounts: env.SEED === 'demo' && !production,
    routes: (server) => proxyRoutes(server, addresses),
  });
  if (cluster.isWorker) return serveForPrimary(env, app, gateway, closers);
  // What all gateways share must not take the whole site out: while the store is away anonymous reads go on, and without the bus everything does.
  const ops = opsServer({
    checks: {},
    degraded: { store: () => kv.ping(), bus: () => bus.ping(), files: () => files.ping() },
    metrics: processMetrics,
  });
  // Other services post events to the operations port, which the public never reaches.
  await eventRoute(ops.app, signed, receive);
  await supergraphRoute(ops.app, signed, graphCommands(gateway.graph));
  const port = await serveUntilStopped({ env, closers, ops, app });
  log.info({ port }, 'listening');
}
