import type { RunningSubgraph } from '@polity/kernel/graph/running';
import { eventRoute } from '@polity/kernel/graph/serve';
import { processMetrics } from '@polity/kernel/metrics/metrics';
import { opsServer } from '@polity/kernel/ops/server';
import { drainOnSignal, openProcess, serviceAddresses } from '@polity/kernel/process/run-subgraph';
import { httpApp, listen } from './http.ts';
import { proxyRoutes } from './proxy.ts';
import { startGateway } from './start-gateway.ts';

/** Runs the gateway as a process of its own, over subgraphs that answer signed HTTP. Throws StartError. */
export async function runGateway(): Promise<void> {
  const { env, platform, receive, signed, closers } = await openProcess('gateway', new Map<string, RunningSubgraph>());
  const { production, kv, log } = platform;
  const gateway = await startGateway({ platform, defaultTenant: env.DEFAULT_TENANT });
  closers.push(() => gateway.close());
  const addresses = serviceAddresses(env);
  const app = await httpApp({
    ...gateway,
    ...gateway.settings,
    demoAccounts: env.SEED === 'demo' && !production,
    routes: (server) => proxyRoutes(server, addresses),
  });
  // One subgraph that is down must not take the whole site out, so readiness asks only for what every request needs.
  const ops = opsServer({ checks: { store: () => kv.ping() }, metrics: processMetrics });
  // Other services post events to the operations port, which the public never reaches.
  await eventRoute(ops.app, signed, receive);
  drainOnSignal(() => ops.drain(), closers);
  await listen(ops.app, '0.0.0.0', env.OPS_PORT);
  closers.push(() => ops.app.close());
  const port = await listen(app, '0.0.0.0', env.PORT);
  closers.push(() => app.close());
  log.info({ port }, 'listening');
}
