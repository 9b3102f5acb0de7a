import { type Fragments, fragmentsOf } from '@polity/kernel/graph/fragments';
import type { ShieldRule } from '@polity/kernel/graph/shield';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
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
  operation: OperationDefinitionNode;
  args(variables: Record<string, unknown>): Record<string, unknown>;
  /** Whether `@skip` and `@include` on the way to this field let it run with these variables. */
  asked(variables: Record<string, unknown>): boolean;
}

/** What a walk over an operation needs; `rules` are those that do not pass for everyone. */
interface Walk {
  schema: GraphQLSchema;
  table: GuardTable;
  trivial: ReadonlySet<ShieldRule>;
  operation: OperationDefinitionNode;
  fragments: Fragments;
  guards: Guard[];
  steps: number;
}

interface Place {
  typeName: string;
  conditions: readonly SelectionNode[];
  rootKey: string | null;
}

// The limits on documents keep walks far below this; it is here for a document that came in some other way.
const MAX_STEPS = 20_000;

/** Thrown for an operation that cannot be walked in reasonable time; the gateway refuses it. */
export class TooManySelections extends Error {}

/** The object types whose rules a field of this type must pass: itself, or all that an abstract type may be. */
function possibleTypes(schema: GraphQLSchema, typeName: string): readonly GraphQLObjectType[] {
  const type = schema.getType(typeName);
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

/** Whether `@skip` and `@include` of these nodes let what is below them run. */
export function conditionsHold(conditions: readonly SelectionNode[], variables: Record<string, unknown>): boolean {
  return conditions.every((node) => {
    const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
    const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
    return skip?.if !== true && include?.if !== false;
  });
}

function addGuards(walk: Walk, node: FieldNode, { typeName, conditions, rootKey }: Place): void {
  const seen = new Set<ShieldRule>();
  const name = node.name.value;
  for (const type of possibleTypes(walk.schema, typeName)) {
    const row = walk.table[type.name];
    const rule = row?.[name] ?? row?.['*'];
    if (!rule) throw new Error(`No permission row for ${type.name}.${name}.`);
    if (walk.trivial.has(rule) || seen.has(rule)) continue;
    seen.add(rule);
    const definition = type.getFields()[name] as GraphQLField<unknown, unknown>;
    walk.guards.push({
      coordinate: `${type.name}.${name}`,
      rule,
      rootKey: rootKey as string,
      operation: walk.operation,
      args: (variables) => getArgumentValues(definition, node, variables),
      asked: (variables) => conditionsHold(conditions, variables),
    });
  }
}

function visitField(walk: Walk, node: FieldNode, place: Place): void {
  const name = node.name.value;
  // Introspection is open to everyone, and it asks for no one's data.
  if (name.startsWith('__')) return;
  const at = { ...place, rootKey: place.rootKey ?? (node.alias ?? node.name).value };
  addGuards(walk, node, at);
  const parent = walk.schema.getType(place.typeName);
  const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  if (node.selectionSet && definition)
    visit(walk, node.selectionSet, { ...at, typeName: getNamedType(definition.type).name });
}

function visit(walk: Walk, set: SelectionSetNode, place: Place): void {
  for (const node of set.selections) {
    if (++walk.steps > MAX_STEPS) throw new TooManySelections();
    const conditions = node.directives?.length ? [...place.conditions, node] : place.conditions;
    if (node.kind === Kind.FIELD) visitField(walk, node, { ...place, conditions });
    else if (node.kind === Kind.INLINE_FRAGMENT)
      visit(walk, node.selectionSet, {
        ...place,
        conditions,
        typeName: node.typeCondition?.name.value ?? place.typeName,
      });
    else {
      const fragment = walk.fragments.get(node.name.value);
      if (fragment)
        visit(walk, fragment.selectionSet, { ...place, conditions, typeName: fragment.typeCondition.name.value });
    }
  }
}

/** The guards of one operation, worked out once per document. Throws TooManySelections. */
export function guardsOf(
  schema: GraphQLSchema,
  table: GuardTable,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  trivial: ReadonlySet<ShieldRule>,
): readonly Guard[] {
  const walk: Walk = { schema, table, trivial, operation, fragments: fragmentsOf(document), guards: [], steps: 0 };
  const root = schema.getRootType(operation.operation);
  if (root) visit(walk, operation.selectionSet, { typeName: root.name, conditions: [], rootKey: null });
  return walk.guards;
}
