import { drainMs, listenHost, type PlatformEnv } from '@polity/kernel/config/env';
import { lameDuck } from '@polity/kernel/http/lame-duck';
import { listen } from '@polity/kernel/http/listen';
import { metrics } from '@polity/kernel/metrics/metrics';
import { drainOnSignal } from '@polity/kernel/process/run-subgraph';
import type { FastifyInstance } from 'fastify';
import { graphCommands } from '../graph/command.ts';
import type { StartedGateway } from '../start-gateway.ts';
import { answerPrimary, LEAVE, SERVING } from './channel.ts';

/** Serves clients beside the other workers of this machine; the primary speaks to operators, and says when to take one's leave. */
export async function serveForPrimary(
  env: PlatformEnv,
  app: FastifyInstance,
  { graph }: StartedGateway,
  closers: (() => Promise<unknown>)[],
): Promise<void> {
  const leave = drainOnSignal({ leave: lameDuck(app), drainMs: drainMs(env), closers });
  process.on('message', (message) => message === LEAVE && leave());
  answerPrimary({ ping: async () => true, metrics: () => metrics().values(), ...graphCommands(graph) });
  await listen(app, listenHost(env), env.PORT);
  closers.push(() => app.close());
  process.send?.(SERVING);
}
