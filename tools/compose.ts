// Composes every subgraph into schema/supergraph.graphql (for the gateway) and schema/api.graphql (what clients see).
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';
import { writeOrCheck } from './drift.ts';
import { commonSdl, listSubgraphs, root } from './subgraph-list.ts';

const services = listSubgraphs().map(({ name, sdl }) => ({
  name,
  // Never fetched: the gateway finds a subgraph by its name. Composition only wants a valid URL.
  url: `http://${name}.internal/graphql`,
  typeDefs: parse(`${sdl}\n${commonSdl}`),
}));

const result = composeServices(services);
if (result.errors) {
  for (const error of result.errors) console.error(`composition: ${error.message}\n`);
  process.exit(1);
}

const apiSchema = result.schema.toAPISchema().toGraphQLJSSchema();
writeOrCheck(
  [
    { path: join(root, 'schema/supergraph.graphql'), content: `${result.supergraphSdl.trim()}\n` },
    { path: join(root, 'schema/api.graphql'), content: `${printSchema(lexicographicSortSchema(apiSchema))}\n` },
  ],
  'compose',
);
