import cluster from 'node:cluster';
import { processEnv } from '@polity/kernel/config/env';
import { failToStart } from '@polity/kernel/process/run-subgraph';
import { gatewayConfig } from './config.ts';

/** One gateway, or the primary of several; it loads nothing that only gateways need. */
async function run(): Promise<void> {
  const { workers } = gatewayConfig(processEnv);
  if (workers > 1 && cluster.isPrimary) {
    const { runPrimary } = await import('./workers/primary.ts');
    return runPrimary(workers);
  }
  const { runGateway } = await import('./run-gateway.ts');
  return runGateway();
}

run().catch((error: unknown) => failToStart('gateway', error));
