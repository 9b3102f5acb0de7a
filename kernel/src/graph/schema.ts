import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { StartError } from '../config/start-error.ts';
import { guardsIn } from './guard.ts';
import { guardProblems, unknownPermissions } from './guard-check.ts';
import { guardRules } from './guard-rules.ts';
import type { InternalFields } from './operator-fields.ts';
import { installScalars } from './scalars.ts';
import { applyShield } from './shield.ts';
import type { AnySubgraph } from './subgraph.ts';

const COMMON = new URL('../../../schema/common.graphql', import.meta.url);

/** A subgraph's contract together with what all subgraphs share. */
export function parseTypeDefs(own: string): DocumentNode {
  return parse(`${own}\n${readFileSync(fileURLToPath(COMMON), 'utf8')}`);
}

/** Reads a subgraph's `schema.graphql` (a file URL) together with the types that all subgraphs share. */
export function loadTypeDefs(schemaUrl: string | URL): DocumentNode {
  return parseTypeDefs(readFileSync(fileURLToPath(schemaUrl), 'utf8'));
}

function problemsOf({ name, typeDefs, access }: AnySubgraph): string[] {
  const problems = guardProblems(typeDefs);
  if (problems.length > 0) return problems;
  const declared = new Set(access.permissions.map(({ code }) => code));
  // What it asks of other subgraphs, composition knows.
  return unknownPermissions(guardsIn(typeDefs), (code) => !code.startsWith(`${name}.`) || declared.has(code));
}

/**
 * The executable schema of a subgraph behind the guards that it declares. Throws a StartError that lists every root field and entity
 * without a guard, and every guard that says nothing certain.
 */
export function buildSchema(definition: AnySubgraph, internal: readonly InternalFields[] = []): GraphQLSchema {
  const problems = problemsOf(definition);
  if (problems.length > 0) throw new StartError(`Subgraph ${definition.name}: ${problems.join('; ')}.`);
  const own = { typeDefs: definition.typeDefs, resolvers: definition.resolvers as never };
  const added = internal.map(({ typeDefs, resolvers }) => ({ typeDefs, resolvers: resolvers as never }));
  const schema = buildSubgraphSchema([own, ...added]);
  installScalars(schema);
  const table = guardRules(definition.typeDefs);
  for (const { typeDefs } of internal) {
    const rules = guardRules(typeDefs);
    for (const root of ['Query', 'Mutation']) table[root] = { ...table[root], ...rules[root] };
  }
  // Federation's own fields are closed to unsigned callers by the transport, and the guards of entity types are asked for references.
  return applyShield(schema, table);
}
