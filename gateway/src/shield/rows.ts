import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

type Values = Record<string, unknown>;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** A field that answers with many rows, and what is asked below each of them. */
interface ListField {
  rows(values: Values): number;
  below: readonly ListField[];
}

/** Rows of a page that names no size, as `pageArgs` has it. */
const PAGE = 20;
/** A larger page is refused where it is read, with the name of the argument. */
const LARGEST_PAGE = 100;
/** What a list without pages is taken for; those that can grow have pages. */
const SHORT_LIST = 10;

interface Walk {
  schema: GraphQLSchema;
  fragments: Fragments;
}

function rowsOf(definition: GraphQLField<unknown, unknown>, node: FieldNode): ListField['rows'] | null {
  if (definition.args.some(({ name }) => name === 'first')) {
    return (values) => {
      const { first, last } = getArgumentValues(definition, node, values);
      return Math.min(LARGEST_PAGE, Math.max(1, Number(first ?? last ?? PAGE)));
    };
  }
  const isList = isListType(getNullableType(definition.type)) && isCompositeType(getNamedType(definition.type));
  // The edges of a page were counted with the page.
  return isList && node.name.value !== 'edges' ? () => SHORT_LIST : null;
}

function ofField(walk: Walk, node: FieldNode, typeName: string): readonly ListField[] {
  const type = walk.schema.getType(typeName);
  const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
  if (!definition || !node.selectionSet) return [];
  const below = ofSet(walk, node.selectionSet, getNamedType(definition.type).name);
  const rows = rowsOf(definition, node);
  return rows ? [{ rows, below }] : below;
}

function ofSet(walk: Walk, set: SelectionSetNode, typeName: string): readonly ListField[] {
  return set.selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return ofField(walk, node, typeName);
    if (node.kind === Kind.INLINE_FRAGMENT)
      return ofSet(walk, node.selectionSet, node.typeCondition?.name.value ?? typeName);
    const fragment = walk.fragments.get(node.name.value);
    return fragment ? ofSet(walk, fragment.selectionSet, fragment.typeCondition.name.value) : [];
  });
}

const total = (fields: readonly ListField[], values: Values): number =>
  fields.reduce((sum, { rows, below }) => sum + rows(values) * (1 + total(below, values)), 0);

/** How many rows an operation can answer with at most; worked out once per document, then a few products per request. */
export function rowCounter(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
): (values: Values) => number {
  const named = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const walk: Walk = { schema, fragments: new Map(named.map((node) => [node.name.value, node])) };
  const root = schema.getRootType(operation);
  const fields = root ? ofSet(walk, selectionSet, root.name) : [];
  return (values) => total(fields, values);
}
