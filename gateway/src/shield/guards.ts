import type { ShieldRule } from '@polity/kernel/graph/shield';
import {
  type DocumentNode,
  type FieldNode,
  getArgumentValues,
  getDirectiveValues,
  GraphQLIncludeDirective,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** Rules by type and field of the API schema; `'*'` serves object types, never the roots. */
export interface GuardTable {
  [typeName: string]: { [fieldName: string]: ShieldRule };
}

/** One rule that an operation must pass, and the root field that falls when it does not. */
export interface Guard {
  coordinate: string;
  rule: ShieldRule;
  rootKey: string;
  path: readonly string[];
  args(variables: Record<string, unknown>): Record<string, unknown>;
  /** Whether `@skip` and `@include` on the way to this field let it run with these variables. */
  asked(variables: Record<string, unknown>): boolean;
}

interface Walk {
  schema: GraphQLSchema;
  table: GuardTable;
  fragments: ReadonlyMap<string, SelectionSetNode>;
  guards: Guard[];
  trivial: ReadonlySet<ShieldRule>;
}

type Conditions = readonly { node: Parameters<typeof getDirectiveValues>[1] }[];

/** Every field of an object type, or of all types that an abstract one may be. */
function possibleTypes(schema: GraphQLSchema, typeName: string): readonly GraphQLObjectType[] {
  const type = schema.getType(typeName);
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

function conditionsHold(conditions: Conditions, variables: Record<string, unknown>): boolean {
  return conditions.every(({ node }) => {
    const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
    const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
    return skip?.if !== true && include?.if !== false;
  });
}

function addGuards(walk: Walk, typeName: string, node: FieldNode, conditions: Conditions, path: readonly string[]): void {
  const seen = new Set<ShieldRule>();
  for (const type of possibleTypes(walk.schema, typeName)) {
    const row = walk.table[type.name];
    const rule = row?.[node.name.value] ?? row?.['*'];
    if (!rule) throw new Error(`No permission row for ${type.name}.${node.name.value}.`);
    if (walk.trivial.has(rule) || seen.has(rule)) continue;
    seen.add(rule);
    const definition = type.getFields()[node.name.value] as GraphQLField<unknown, unknown>;
    walk.guards.push({
      coordinate: `${type.name}.${node.name.value}`,
      rule,
      rootKey: path[0] as string,
      path,
      args: (variables) => getArgumentValues(definition, node, variables),
      asked: (variables) => conditionsHold(conditions, variables),
    });
  }
}

function visit(walk: Walk, typeName: string, selections: SelectionSetNode, conditions: Conditions, path: readonly string[]): void {
  for (const node of selections.selections) {
    const own = node.directives?.length ? [...conditions, { node }] : conditions;
    if (node.kind === 'InlineFragment') {
      visit(walk, node.typeCondition?.name.value ?? typeName, node.selectionSet, own, path);
    } else if (node.kind === 'FragmentSpread') {
      const fragment = walk.fragments.get(node.name.value);
      if (fragment) visit(walk, typeOf(walk, node.name.value), fragment, own, path);
    } else {
      visitField(walk, typeName, node, own, path);
    }
  }
}

const fragmentTypes = new WeakMap<SelectionSetNode, string>();

function typeOf(walk: Walk, fragment: string): string {
  return fragmentTypes.get(walk.fragments.get(fragment) as SelectionSetNode) as string;
}

function visitField(walk: Walk, typeName: string, node: FieldNode, conditions: Conditions, path: readonly string[]): void {
  if (node.name.value.startsWith('__')) return;
  const at = [...path, (node.alias ?? node.name).value];
  addGuards(walk, typeName, node, conditions, at);
  if (!node.selectionSet) return;
  const parent = walk.schema.getType(typeName);
  const fields = isCompositeType(parent) && 'getFields' in parent ? parent.getFields() : {};
  const definition = fields[node.name.value];
  if (definition) visit(walk, getNamedType(definition.type).name, node.selectionSet, conditions, at);
}

/** The guards of one operation, worked out once per document; `trivial` rules always pass and are left out. */
export function guardsOf(
  schema: GraphQLSchema,
  table: GuardTable,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  trivial: ReadonlySet<ShieldRule>,
): readonly Guard[] {
  const fragments = new Map<string, SelectionSetNode>();
  for (const node of document.definitions) {
    if (node.kind !== 'FragmentDefinition') continue;
    fragments.set(node.name.value, node.selectionSet);
    fragmentTypes.set(node.selectionSet, node.typeCondition.name.value);
  }
  const walk: Walk = { schema, table, fragments, guards: [], trivial };
  const root = schema.getRootType(operation.operation);
  if (root) visit(walk, root.name, operation.selectionSet, [], []);
  return walk.guards;
}

/** Fields of the API schema without a rule, and rules without a field; both must be empty for the gateway to start. */
export function uncovered(schema: GraphQLSchema, table: GuardTable): string[] {
  const problems: string[] = [];
  const roots = new Set([schema.getQueryType()?.name, schema.getMutationType()?.name, schema.getSubscriptionType()?.name]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const row = table[type.name] ?? {};
    const star = '*' in row && !roots.has(type.name);
    for (const field of Object.keys(type.getFields())) if (!(field in row) && !star) problems.push(`${type.name}.${field}`);
  }
  for (const [typeName, row] of Object.entries(table)) {
    const type = schema.getType(typeName);
    const fields = isObjectType(type) ? type.getFields() : {};
    for (const field of Object.keys(row)) if (field !== '*' && !fields[field]) problems.push(`${typeName}.${field} (not in the schema)`);
  }
  return problems;
}
