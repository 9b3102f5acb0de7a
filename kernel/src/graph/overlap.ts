import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { type Fragments, fragmentsOf } from './fragments.ts';

/** Fields that may be looked at; ten times what a document within the limits can hold. */
const MAX_STEPS = 20_000;

/** A field as it stands in a selection set of the type `parent`. */
interface Found {
  node: FieldNode;
  parent: string;
  type: GraphQLOutputType | undefined;
}

interface Walk {
  schema: GraphQLSchema;
  fragments: Fragments;
  steps: number;
}

/** Selection sets that are merged into one, each with the type that it selects from. */
type Merged = readonly (readonly [set: SelectionSetNode, typeName: string])[];

function conflict(key: string, reason: string, nodes: readonly FieldNode[]): GraphQLError {
  const advice = 'Use different aliases on the fields to fetch both if this was intentional.';
  return new GraphQLError(`Fields "${key}" conflict because ${reason}. ${advice}`, { nodes });
}

function found({ schema }: Walk, node: FieldNode, parent: string): Found {
  const type = schema.getType(parent);
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  return { node, parent, type: fields[node.name.value]?.type };
}

/** All fields of the merged sets by response key, those of fragments too; a set that is spread twice counts once. */
function byKey(walk: Walk, merged: Merged): Map<string, Found[]> {
  const groups = new Map<string, Found[]>();
  const seen = new Set<SelectionSetNode>();

  function collect(set: SelectionSetNode, typeName: string): void {
    if (seen.has(set)) return;
    seen.add(set);
    for (const node of set.selections) {
      if (++walk.steps > MAX_STEPS) throw new GraphQLError('The document asks for too much at once.');
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const group = groups.get(key);
        if (group) group.push(found(walk, node, typeName));
        else groups.set(key, [found(walk, node, typeName)]);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : walk.fragments.get(node.name.value);
      if (fragment) collect(fragment.selectionSet, fragment.typeCondition?.name.value ?? typeName);
    }
  }

  for (const [set, typeName] of merged) collect(set, typeName);
  return groups;
}

function below(group: readonly Found[]): Merged {
  return group.flatMap(({ node, type }) =>
    node.selectionSet ? [[node.selectionSet, getNamedType(type)?.name ?? ''] as const] : [],
  );
}

/** Equal for types whose values a client can read alike: the same lists and non-nulls around the same leaf, or around any objects. */
function shapeOf(type: GraphQLOutputType): string {
  if (isListType(type)) return `[${shapeOf(type.ofType)}]`;
  if (isNonNullType(type)) return `${shapeOf(type.ofType)}!`;
  return isLeafType(type) ? type.name : '{}';
}

/** A response key must have the same shape wherever it comes from, also from types that exclude each other. */
function checkShapes(walk: Walk, merged: Merged): void {
  for (const [key, group] of byKey(walk, merged)) {
    const [first, ...others] = group.filter(({ type }) => type !== undefined);
    const other = others.find(({ type }) => type && first?.type && shapeOf(type) !== shapeOf(first.type));
    if (first && other)
      throw conflict(key, `they return conflicting types "${first.type}" and "${other.type}"`, [
        first.node,
        other.node,
      ]);
    checkShapes(walk, below(group));
  }
}

/** Fields of one group that can be asked of one object: those of each object type with those of interfaces and unions. */
function overlapping({ schema }: Walk, group: readonly Found[]): readonly (readonly Found[])[] {
  const ofObjects = new Map<string, Found[]>();
  const ofAny: Found[] = [];
  for (const field of group) {
    if (!isObjectType(schema.getType(field.parent))) {
      ofAny.push(field);
      continue;
    }
    const ofObject = ofObjects.get(field.parent);
    if (ofObject) ofObject.push(field);
    else ofObjects.set(field.parent, [field]);
  }
  return ofObjects.size === 0 ? [ofAny] : [...ofObjects.values()].map((fields) => [...ofAny, ...fields]);
}

/** A value in a form that is equal where values are. */
function written(value: ValueNode): string {
  if (value.kind === Kind.LIST) return `[${value.values.map(written).join()}]`;
  if (value.kind === Kind.OBJECT) {
    const fields = value.fields.map((field) => `${field.name.value}:${written(field.value)}`);
    return `{${fields.sort().join()}}`;
  }
  if (value.kind === Kind.VARIABLE) return `$${value.name.value}`;
  if (value.kind === Kind.NULL) return 'null';
  return value.kind === Kind.STRING ? `${value.block ?? false}${JSON.stringify(value.value)}` : String(value.value);
}

const argumentsOf = ({ arguments: given = [] }: FieldNode): string =>
  given
    .map(({ name, value }) => `${name.value}:${written(value)}`)
    .sort()
    .join();

function checkSame(key: string, [first, ...others]: readonly Found[]): void {
  if (!first || others.length === 0) return;
  const name = first.node.name.value;
  const renamed = others.find(({ node }) => node.name.value !== name);
  if (renamed)
    throw conflict(key, `"${name}" and "${renamed.node.name.value}" are different fields`, [first.node, renamed.node]);
  const given = argumentsOf(first.node);
  const other = others.find(({ node }) => argumentsOf(node) !== given);
  if (other) throw conflict(key, 'they have differing arguments', [first.node, other.node]);
}

/** What one object is asked under one response key must be the same field with the same arguments. */
function checkFields(walk: Walk, merged: Merged): void {
  for (const [key, group] of byKey(walk, merged)) {
    for (const fields of overlapping(walk, group)) {
      checkSame(key, fields);
      checkFields(walk, below(fields));
    }
  }
}

/**
 * GraphQL 5.3.2, "Field Selection Merging", for a document that the other rules accept. graphql-js compares every field with every other
 * of its key; this merges them by key and compares each with the first (Simon Adameit's method), so that it looks at a field as often
 * as the document spreads it.
 */
export function overlapProblem(schema: GraphQLSchema, document: DocumentNode): GraphQLError | null {
  const walk: Walk = { schema, fragments: fragmentsOf(document), steps: 0 };
  try {
    for (const node of document.definitions) {
      if (node.kind !== Kind.OPERATION_DEFINITION) continue;
      const merged: Merged = [[node.selectionSet, schema.getRootType(node.operation)?.name ?? '']];
      checkShapes(walk, merged);
      checkFields(walk, merged);
    }
    return null;
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
