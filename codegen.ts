import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { parse } from 'graphql';
import { stubsOf } from './tools/schema-coordinates.ts';
import { listSubgraphs, root, type SubgraphFolder } from './tools/subgraph-list.ts';

type Mappers = Record<string, string>;

/** Types that another subgraph owns: a resolver hands over `{ id }` and the gateway fetches the rest. */
function referenceMappers(sdl: string): Mappers {
  const names = stubsOf(parse(sdl));
  return Object.fromEntries(names.map((name) => [name, `{ __typename?: '${name}'; id: string }`]));
}

/** `mappers.json` of a subgraph: GraphQL type -> `<path from src/generated>#<class>` that its resolvers receive as parent. */
function entityMappers(dir: string): Mappers {
  const path = join(dir, 'mappers.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Mappers) : {};
}

function outputOf({ dir, sdl }: SubgraphFolder): CodegenConfig['generates'] {
  return {
    [relative(root, join(dir, 'src/generated/graphql.ts'))]: {
      schema: [join(dir, 'schema.graphql'), join(root, 'schema/common.graphql')],
      plugins: ['typescript', 'typescript-resolvers'],
      config: { ...options, mappers: { ...referenceMappers(sdl), ...entityMappers(dir) } },
    },
  };
}

const options = {
  federation: true,
  useTypeImports: true,
  enumsAsTypes: true,
  strictScalars: true,
  scalars: {
    _FieldSet: 'string',
    ID: 'string',
    DateTime: { input: 'Date', output: 'Date | string' },
    JSON: 'unknown',
  },
  contextType: '../context.ts#Context',
  mapperTypeSuffix: 'Entity',
  makeResolverTypeCallable: true,
  // A missing root resolver is a type error; a field that its entity answers by itself needs none.
  avoidOptionals: { query: true, mutation: true, subscription: true },
  maybeValue: 'T | null | undefined',
};

const config: CodegenConfig = {
  // The gateway's own subgraph is four resolvers over its session keeper; it has no entities to map.
  generates: Object.assign(
    {},
    ...listSubgraphs()
      .filter(({ name }) => name !== 'gateway')
      .map(outputOf),
  ),
};

export default config;
