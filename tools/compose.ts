// Composes every subgraph into schema/supergraph.graphql (for the gateway) and schema/api.graphql (what clients see).
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';
import { writeOrCheck } from './drift.ts';
import { declaredCodes, problemsOfGuards } from './guards.ts';
import { brokenOperations } from './released-operations.ts';
import { commonSdl, listSubgraphs, root } from './subgraph-list.ts';

const folders = listSubgraphs();
const services = folders.map(({ name, sdl }) => ({
  name,
  // Never fetched: the gateway finds a subgraph by its name. Composition only wants a valid URL.
  url: `http://${name}.internal/graphql`,
  typeDefs: parse(`${sdl}\n${commonSdl}`),
}));

function refuse(problems: readonly string[]): never {
  for (const problem of problems) console.error(`composition: ${problem}\n`);
  process.exit(1);
}

const guarded = services.map(({ name, typeDefs }) => ({ name, document: typeDefs }));
const unguarded = problemsOfGuards(guarded, await declaredCodes(folders));
if (unguarded.length > 0) refuse(unguarded);

const result = composeServices(services);
if (result.errors) refuse(result.errors.map(({ message }) => message));

const apiSchema = result.schema.toAPISchema().toGraphQLJSSchema();
// A client that was shipped goes on sending what was published for it.
const broken = brokenOperations(apiSchema, join(root, 'schema/operations'));
if (broken.length > 0)
  refuse(broken.map((problem) => `the graph breaks a published operation, schema/operations/${problem}`));

writeOrCheck(
  [
    { path: join(root, 'schema/supergraph.graphql'), content: `${result.supergraphSdl.trim()}\n` },
    { path: join(root, 'schema/api.graphql'), content: `${printSchema(lexicographicSortSchema(apiSchema))}\n` },
  ],
  'compose',
);
