import { SubgraphUnavailable } from './errors.ts';
import type { RunningSubgraph } from './running.ts';
import { patience, type Transport } from './transport.ts';

/** Transport to subgraphs of the same process: the parsed document and the request are handed over as they are. */
export function inProcessTransport(running: ReadonlyMap<string, RunningSubgraph>): Transport {
  return {
    async execute(name, request, info) {
      const subgraph = running.get(name);
      if (!subgraph) throw new SubgraphUnavailable(name);
      const { promise: late, reject } = Promise.withResolvers<never>();
      const timer = setTimeout(() => reject(new SubgraphUnavailable(name)), patience(info, Date.now()));
      try {
        return await Promise.race([subgraph.execute(request, info), late]);
      } finally {
        clearTimeout(timer);
      }
    },
    close: async () => {},
  };
}
