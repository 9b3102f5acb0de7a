// Loads the composed supergraph as the gateway does when it starts: every root field guarded, every guard understood.
import { join } from 'node:path';
import { createLogger } from '@polity/kernel/log/logger';
import { supergraph } from '../gateway/src/supergraph.ts';
import { root } from './subgraph-list.ts';

const graph = supergraph({
  supergraphPath: join(root, 'schema/supergraph.graphql'),
  // Loading asks no subgraph anything.
  transport: { execute: async () => ({ data: null }), close: async () => undefined },
  log: createLogger({ service: 'check', level: 'error' }),
  maxCost: 1,
});
// As the server does, which is told of each graph that is taken.
graph.onSchemaLoadOrUpdate(() => undefined);
await graph.load({ apollo: {} });
await graph.stop();
