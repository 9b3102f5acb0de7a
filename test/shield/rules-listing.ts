import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { dutyFields } from '@polity/kernel/duties/duty-fields';
import { type GuardRules, guardRules } from '@polity/kernel/graph/guard-rules';
import { operatorFields } from '@polity/kernel/graph/operator-fields';
import { buildSchema } from '@polity/kernel/graph/schema';
import { allow, type ShieldRule } from '@polity/kernel/graph/shield';
import type { AnySubgraph } from '@polity/kernel/graph/subgraph';
import { type GraphQLSchema, isObjectType } from 'graphql';
import { sessionSubgraph } from '../../gateway/src/session-subgraph.ts';
import { declaredGuards } from '../../gateway/src/shield/declared.ts';
import { registry } from '../../subgraphs/registry.ts';

const SUPERGRAPH = join(import.meta.dirname, '../../schema/supergraph.graphql');

/** Where the listing lies. */
export const LISTING = join(import.meta.dirname, 'rules.txt');

type Combined = ShieldRule & { rules?: readonly ShieldRule[] };

function nameOf(rule: Combined): string {
  if (rule === allow) return 'anyone';
  return rule.rules ? rule.rules.map(nameOf).join(' and ') : String(rule.name);
}

/** What the door asks for each field; `-` for federation's own, which the signature of requests guards. */
function linesOf(door: string, schema: GraphQLSchema, table: GuardRules): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith('_')) return [];
    return Object.keys(type.getFields()).map((field) => {
      const rule = table[type.name]?.[field] ?? table[type.name]?.['*'];
      return `${door} ${type.name}.${field}: ${rule ? nameOf(rule) : '-'}`;
    });
  });
}

function linesOfSubgraph(definition: AnySubgraph): string[] {
  const internal = [operatorFields(() => null), dutyFields(definition)];
  const table = guardRules(definition.typeDefs);
  for (const rules of internal.map(({ typeDefs }) => guardRules(typeDefs)))
    for (const root of ['Query', 'Mutation']) table[root] = { ...table[root], ...rules[root] };
  return linesOf(definition.name, buildSchema(definition, internal), table);
}

/** The rule of every field of the graph at the gateway (`api`), and of every field of every subgraph behind it. */
export async function listing(): Promise<string> {
  const sdl = readFileSync(SUPERGRAPH, 'utf8');
  const api = Supergraph.build(sdl).apiSchema().toGraphQLJSSchema();
  const subgraphs = [sessionSubgraph({} as never), ...(await Promise.all(registry.map(({ load }) => load())))];
  const lines = [...linesOf('api', api, declaredGuards(api, sdl).table), ...subgraphs.flatMap(linesOfSubgraph)];
  return `${lines.sort().join('\n')}\n`;
}

// `node test/shield/rules-listing.ts` writes it, to be read before it is committed.
if (process.argv[1]?.endsWith('rules-listing.ts')) writeFileSync(LISTING, await listing());
