import type { Worker } from 'node:cluster';
import { drainMs, listenHost, type PlatformEnv, platformEnv, processEnv, readEnv } from '@polity/kernel/config/env';
import { StartError } from '@polity/kernel/config/start-error';
import type { RunningSubgraph } from '@polity/kernel/graph/running';
import { eventRoute } from '@polity/kernel/graph/serve';
import { listen, mustBeFree } from '@polity/kernel/http/listen';
import { type MetricValues, summed } from '@polity/kernel/metrics/summed';
import { opsServer } from '@polity/kernel/ops/server';
import { drainOnSignal, openProcess } from '@polity/kernel/process/run-subgraph';
import { type GraphCommands, type SupergraphAct, supergraphRoute } from '../graph/command.ts';
import { askWorker } from './channel.ts';
import { type Crew, crew } from './crew.ts';

const PING_MS = 900;
const METRICS_MS = 3_000;
/** Building a graph, and holding it to everything that is published, takes seconds. */
const ACT_MS = 100_000;

/** What several gateways have in common lies in Redis, and what one of them must hear comes by NATS. Throws StartError. */
function mustShare({ REDIS_URL, NATS_URL, PORT }: PlatformEnv): void {
  if (!REDIS_URL || !NATS_URL)
    throw new StartError(
      'GATEWAY_WORKERS needs REDIS_URL and NATS_URL: workers share sessions, rate limits and nonces by Redis, and hear of events by NATS.',
    );
  if (PORT === 0) throw new StartError('GATEWAY_WORKERS needs a PORT, which all workers share.');
}

/** The sum over all workers that answer in time; what one of them does not say is left out. */
async function metricsOf(working: Crew) {
  const answers = await Promise.allSettled(working.serving().map((worker) => askWorker(worker, 'metrics', METRICS_MS)));
  return summed(answers.flatMap((each): MetricValues[] => (each.status === 'fulfilled' ? [each.value] : [])));
}

/** Tells all workers one after the other, and stops at the first that goes on as before. */
function commandsOf(working: Crew): GraphCommands {
  const all = (): [Worker, ...Worker[]] => {
    const [first, ...others] = working.serving();
    if (!first) throw new StartError('No worker of this gateway serves.');
    return [first, ...others];
  };
  return {
    async act(act: SupergraphAct) {
      const [first, ...others] = all();
      let status = await askWorker(first, 'act', ACT_MS, act);
      for (const worker of others) {
        if (status.problem !== undefined) return status;
        const next = await askWorker(worker, 'act', ACT_MS, act);
        const isOther = next.problem === undefined && next.version !== status.version;
        status = isOther ? { ...next, problem: `its workers serve ${status.version} and ${next.version}.` } : next;
      }
      return status;
    },
    check: async (sdl) => askWorker(all()[0], 'check', ACT_MS, sdl),
  };
}

/** How the workers are, for `/readyz`: one that answers is enough to serve. */
function checksOf(working: Crew, size: number) {
  const ping = (worker: Worker) => askWorker(worker, 'ping', PING_MS);
  return {
    some: async () => void (await Promise.any(working.serving().map(ping))),
    async all() {
      const answers = await Promise.all(working.serving().map(ping));
      if (answers.length < size) throw new Error(`${answers.length} of ${size} workers serve`);
    },
  };
}

/** Runs as many gateways on one port, and speaks for them on the operations port. Throws StartError. */
export async function runPrimary(size: number): Promise<void> {
  const shape = readEnv(platformEnv, processEnv, 'gateway');
  mustShare(shape);
  const host = listenHost(shape);
  await mustBeFree(host, shape.PORT);
  const { env, platform, receive, signed, closers } = await openProcess('gateway', new Map<string, RunningSubgraph>());
  const { kv, bus, files, log } = platform;
  const working = crew(size, log);
  const { some, all } = checksOf(working, size);
  const ops = opsServer({
    checks: { workers: some },
    degraded: { workers: all, store: () => kv.ping(), bus: () => bus.ping(), files: () => files.ping() },
    metrics: () => metricsOf(working),
  });
  await eventRoute(ops.app, signed, receive);
  await supergraphRoute(ops.app, signed, commandsOf(working));
  const leave = () => {
    ops.drain();
    working.leave();
  };
  drainOnSignal({ leave, drainMs: drainMs(env), closers });
  await listen(ops.app, host, env.OPS_PORT);
  closers.push(() => ops.app.close());
  closers.push(() => working.gone());
  await working.start();
  log.info({ port: env.PORT, workers: size }, 'listening');
}
