import { StartError } from '@polity/kernel/config/start-error';
import { type DeclaredGuard, guardsIn, isRootType } from '@polity/kernel/graph/guard';
import { guardProblems } from '@polity/kernel/graph/guard-check';
import { anyone } from '@polity/kernel/graph/rules';
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import type { GuardTable } from './guards.ts';
import { ruleMaker } from './rules.ts';

/** Guards by `Type.field`, and of types by `Type`, as the supergraph declares them. */
export type DeclaredGuards = ReadonlyMap<string, DeclaredGuard>;

type Directives = { directives?: readonly ConstDirectiveNode[] | undefined };

function argumentOf(directive: ConstDirectiveNode, name: string): string | null {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  return value && (value.kind === Kind.ENUM || value.kind === Kind.STRING) ? value.value : null;
}

const directivesOf = ({ directives }: Directives, name: string) =>
  directives?.filter((each) => each.name.value === name) ?? [];

/** Names of the subgraphs by their value of `join__Graph`. */
function subgraphNames(document: DocumentNode): ReadonlyMap<string, string> {
  const isGraphs = (node: DefinitionNode) =>
    node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph' ? (node.values ?? []) : [];
  return new Map(
    document.definitions.flatMap(isGraphs).map((value) => {
      const [graph] = directivesOf(value, 'join__graph');
      return [value.name.value, (graph && argumentOf(graph, 'name')) ?? value.name.value] as const;
    }),
  );
}

/** The one subgraph that each field comes from; fields of several are left out. */
function ownersOf(document: DocumentNode): ReadonlyMap<string, string> {
  const names = subgraphNames(document);
  const owners = new Map<string, string>();
  for (const type of document.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const own = directivesOf(field, 'join__field');
      const graphs = (own.length > 0 ? own : directivesOf(type, 'join__type')).map((each) => argumentOf(each, 'graph'));
      const owner = names.get(graphs[0] ?? '');
      if (owner && new Set(graphs).size === 1) owners.set(`${type.name.value}.${field.name.value}`, owner);
    }
  }
  return owners;
}

/** The rule of every field of the API schema, from the guards that the supergraph carries. */
function tableOf(apiSchema: GraphQLSchema, guards: DeclaredGuards, owners: ReadonlyMap<string, string>): GuardTable {
  const ruleOf = ruleMaker();
  const table: GuardTable = {};
  for (const type of Object.values(apiSchema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    // A guard of a type is asked by its subgraph, for each object: here it would take the whole root field with it.
    const row: GuardTable[string] = isRootType(type.name) ? {} : { '*': anyone };
    for (const field of Object.keys(type.getFields())) {
      const at = `${type.name}.${field}`;
      const guard = guards.get(at);
      if (guard?.token && !owners.has(at)) throw new StartError(`${at}: @guard: \`token\` is of one subgraph's field.`);
      if (guard) row[field] = ruleOf(guard, owners.get(at) ?? '');
    }
    table[type.name] = row;
  }
  return table;
}

/** Reads the guards of a supergraph. Throws StartError for one that says nothing certain; root fields without one have no row. */
export function declaredGuards(apiSchema: GraphQLSchema, supergraphSdl: string) {
  const document = parse(supergraphSdl, { noLocation: true });
  const problems = guardProblems(document);
  if (problems.length > 0) throw new StartError(`The supergraph does not say who may ask: ${problems.join('; ')}.`);
  const guards: DeclaredGuards = new Map(
    guardsIn(document).map(({ type, field, guard }) => [field ? `${type}.${field}` : type, guard] as const),
  );
  return { guards, table: tableOf(apiSchema, guards, ownersOf(document)) };
}

const STRICTNESS = ['ANYONE', 'SIGNED_IN', 'PERSON', 'SESSION', 'FRESH_SESSION', 'SYSTEM_ADMIN', 'SERVICE'];
const LIMITS = [null, 'ANY', 'READ'];

function isLooser(before: DeclaredGuard, after: DeclaredGuard | undefined): boolean {
  if (!after) return true;
  return (
    STRICTNESS.indexOf(after.who) < STRICTNESS.indexOf(before.who) ||
    (before.permission !== null && after.permission === null) ||
    ((before.at ?? before.scope) !== null && (after.at ?? after.scope) === null) ||
    (after.permission === null && LIMITS.indexOf(after.token) < LIMITS.indexOf(before.token))
  );
}

/** Fields and types of the new graph that ask for less than they did in the old one. What is gone answers nobody. */
export function loosened(before: DeclaredGuards, after: DeclaredGuards, apiSchema: GraphQLSchema): string[] {
  const isThere = (at: string) => {
    const [typeName = '', field] = at.split('.');
    const type = apiSchema.getType(typeName);
    return isObjectType(type) && (field === undefined || field in type.getFields());
  };
  return [...before].filter(([at, guard]) => isThere(at) && isLooser(guard, after.get(at))).map(([at]) => at);
}
