import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, type GraphQLSchema, isObjectType, parse } from 'graphql';
import { StartError } from '../config/start-error.ts';
import { scalarResolvers } from './scalars.ts';
import { allow, applyShield, type PermissionTable } from './shield.ts';
import type { AnySubgraph } from './subgraph.ts';

const COMMON = new URL('../../../schema/common.graphql', import.meta.url);
const ROOTS = new Set(['Query', 'Mutation']);

/** Reads a subgraph's `schema.graphql` (a file URL) together with the types that all subgraphs share. */
export function loadTypeDefs(schemaUrl: string | URL): DocumentNode {
  const own = readFileSync(fileURLToPath(schemaUrl), 'utf8');
  return parse(`${own}\n${readFileSync(fileURLToPath(COMMON), 'utf8')}`);
}

/** Federation's own fields; they are closed to unsigned callers by the transport, and rows are checked by the verbs. */
const federationRows: PermissionTable = { Query: { _entities: allow, _service: allow }, _Service: { '*': allow } };

function unlisted(schema: GraphQLSchema, table: PermissionTable): string[] {
  const missing: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const row = table[type.name];
    for (const field of Object.keys(type.getFields())) {
      const listed = row && (typeof (row as { resolve?: unknown }).resolve === 'function' || field in row);
      if (!listed && (ROOTS.has(type.name) || !row || !('*' in row))) missing.push(`${type.name}.${field}`);
    }
  }
  return missing;
}

/**
 * The executable schema of a subgraph behind its permission table. Throws a StartError that lists every field
 * without a permission row: root fields are listed one by one, `'*'` serves object types only.
 */
export function buildSchema(definition: AnySubgraph): GraphQLSchema {
  const resolvers = { ...scalarResolvers, ...definition.resolvers };
  const schema = buildSubgraphSchema([{ typeDefs: definition.typeDefs, resolvers: resolvers as never }]);
  const table: PermissionTable = { PageInfo: { '*': allow }, ...federationRows, ...definition.permissions };
  table.Query = { ...(federationRows.Query as object), ...(definition.permissions.Query as object) };
  const present = Object.fromEntries(Object.entries(table).filter(([type]) => schema.getType(type)));
  const missing = unlisted(schema, present);
  if (missing.length > 0) {
    throw new StartError(`Subgraph ${definition.name}: no permission row for ${missing.join(', ')}.`);
  }
  return applyShield(schema, present);
}
