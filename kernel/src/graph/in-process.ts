import { AsyncLocalStorage } from 'node:async_hooks';
import { answeringBy } from '../db/lending.ts';
import { SubgraphUnavailable } from './errors.ts';
import type { RunningSubgraph } from './running.ts';
import { patience, type Transport } from './transport.ts';

// MikroORM finds the open transaction by async context, and a subgraph called in process must not find its caller's.
const outsideTransactions = AsyncLocalStorage.snapshot();

/** Transport to subgraphs of the same process: the parsed document and the request are handed over as they are. */
export function inProcessTransport(running: ReadonlyMap<string, RunningSubgraph>): Transport {
  return {
    async execute(name, request, info) {
      const subgraph = running.get(name);
      if (!subgraph) throw new SubgraphUnavailable(name);
      const { promise: late, reject } = Promise.withResolvers<never>();
      const nowMs = Date.now();
      const waitMs = patience(info, nowMs);
      const timer = setTimeout(() => reject(new SubgraphUnavailable(name)), waitMs);
      const work = () => answeringBy(nowMs + waitMs, () => subgraph.execute(request, info));
      try {
        return await Promise.race([outsideTransactions(work), late]);
      } finally {
        clearTimeout(timer);
      }
    },
    close: async () => {},
  };
}
