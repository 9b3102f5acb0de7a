import { AppError } from '@polity/kernel/graph/errors';
import { type Fragments, fragmentsOf } from '@polity/kernel/graph/fragments';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { conditionsHold } from './guards.ts';
import { introspectionCosts } from './introspection-cost.ts';

type Values = Record<string, unknown>;
/** What a part of an operation costs at most, once its coerced variables are known. */
export type Cost = (values: Values) => number;

/** What one object costs whose type says nothing else. */
const OBJECT = 1;
/** What a field of a mutation costs beside its answer. */
const MUTATION = 10;
/** Rows of a page that names no size, as `pageArgs` has it. */
const PAGE = 20;
/** A larger page is refused where it is read, with the name of the argument. */
const LARGEST_PAGE = 100;
/** What a list without pages is taken for; those that can grow have pages. */
const SHORT_LIST = 10;

/** Thrown for an operation that may cost more than one may. */
export class QueryTooCostly extends AppError {
  constructor(cost: number, limit: number) {
    super('QUERY_TOO_COSTLY', 'The operation may cost too much. Ask for smaller pages, or for less.', { cost, limit });
  }
}

/** What schemas say with `@cost` and `@listSize`: weights by type or `Type.field`, sizes of lists by `Type.field`. */
export interface DeclaredCosts {
  weights: ReadonlyMap<string, number>;
  sizes: ReadonlyMap<string, number>;
}

export const nothingDeclared: DeclaredCosts = { weights: new Map(), sizes: new Map() };

function numberIn(
  { directives }: { directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
  argument: string,
): number | null {
  const directive = directives?.find((node) => node.name.value === name);
  const value = directive?.arguments?.find((node) => node.name.value === argument)?.value;
  return value?.kind === Kind.INT ? Number(value.value) : null;
}

/** Reads the weights out of a supergraph; its API schema does not have them any more. */
export function declaredCosts(supergraphSdl: string): DeclaredCosts {
  const weights = new Map<string, number>();
  const sizes = new Map<string, number>();
  const note = (map: Map<string, number>, key: string, value: number | null) => value !== null && map.set(key, value);
  for (const type of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    note(weights, type.name.value, numberIn(type, 'cost', 'weight'));
    for (const field of type.fields ?? []) {
      const coordinate = `${type.name.value}.${field.name.value}`;
      note(weights, coordinate, numberIn(field, 'cost', 'weight'));
      note(sizes, coordinate, numberIn(field, 'listSize', 'assumedSize'));
    }
  }
  return { weights, sizes };
}

interface Walk {
  schema: GraphQLSchema;
  declared: DeclaredCosts;
  fragments: Fragments;
  introspection(node: FieldNode): number;
}

const fixed =
  (cost: number): Cost =>
  () =>
    cost;
const sum =
  (costs: readonly Cost[]): Cost =>
  (values) =>
    costs.reduce((total, cost) => total + cost(values), 0);

/** `@skip` and `@include` count: what is not asked for costs nothing. */
const conditional = (node: SelectionNode, cost: Cost): Cost =>
  node.directives?.length ? (values) => (conditionsHold([node], values) ? cost(values) : 0) : cost;

function numberOf(node: ValueNode | undefined, values: Values): number | null {
  if (node?.kind === Kind.VARIABLE) return (values[node.name.value] as number | undefined) ?? null;
  return node?.kind === Kind.INT ? Number(node.value) : null;
}

/** Rows of a page by `first` and `last`; null for a field that has no pages. */
function pageSize(definition: GraphQLField<unknown, unknown>, node: FieldNode): Cost | null {
  if (!definition.args.some(({ name }) => name === 'first')) return null;
  const given = (name: string) => node.arguments?.find((argument) => argument.name.value === name)?.value;
  const [first, last] = [given('first'), given('last')];
  return (values) => Math.min(LARGEST_PAGE, Math.max(1, numberOf(first, values) ?? numberOf(last, values) ?? PAGE));
}

function ofField(walk: Walk, node: FieldNode, typeName: string, page: Cost | null): Cost {
  const { schema, declared } = walk;
  const name = node.name.value;
  if (name.startsWith('__')) return fixed(walk.introspection(node));
  const parent = schema.getType(typeName);
  const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  if (!definition) return fixed(0);
  const type = getNamedType(definition.type);
  const coordinate = `${typeName}.${name}`;
  const composite = isCompositeType(type);
  const weight = declared.weights.get(coordinate) ?? declared.weights.get(type.name) ?? (composite ? OBJECT : 0);
  const call = parent === schema.getMutationType() ? MUTATION : 0;
  const size = pageSize(definition, node);
  const isList = composite && isListType(getNullableType(definition.type));
  const below = node.selectionSet ? ofSet(walk, node.selectionSet, type.name, isList ? null : size) : fixed(0);
  if (!isList) return (values) => call + weight + below(values);
  const rows = size ?? (name === 'edges' ? page : null) ?? fixed(declared.sizes.get(coordinate) ?? SHORT_LIST);
  return (values) => call + rows(values) * (weight + below(values));
}

/** `page` is the size of the connection that the selections belong to. An object is of one type, so of branches for several the dearest counts. */
function ofSet(walk: Walk, { selections }: SelectionSetNode, typeName: string, page: Cost | null): Cost {
  const always: Cost[] = [];
  const branches = new Map<string, Cost[]>();
  for (const node of selections) {
    if (node.kind === Kind.FIELD) {
      always.push(conditional(node, ofField(walk, node, typeName, page)));
      continue;
    }
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : walk.fragments.get(node.name.value);
    if (!fragment) continue;
    const onType = fragment.typeCondition?.name.value ?? typeName;
    const cost = conditional(node, ofSet(walk, fragment.selectionSet, onType, page));
    if (onType === typeName || !isObjectType(walk.schema.getType(onType))) always.push(cost);
    else if (branches.get(onType)?.push(cost) === undefined) branches.set(onType, [cost]);
  }
  const shared = sum(always);
  const dearest = [...branches.values()].map(sum);
  return dearest.length === 0 ? shared : (values) => shared(values) + Math.max(...dearest.map((cost) => cost(values)));
}

/**
 * What an operation costs at most, by the rules of IBM's and Apollo's demand control: each object that it can answer with, times the
 * size of the lists that it lies in. Worked out once per document; each request then costs a few sums and products.
 */
export function costOf(
  schema: GraphQLSchema,
  declared: DeclaredCosts,
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
): Cost {
  const fragments = fragmentsOf(document);
  const walk = { schema, declared, fragments, introspection: introspectionCosts(schema, fragments) };
  const root = schema.getRootType(operation);
  return root ? ofSet(walk, selectionSet, root.name, null) : fixed(0);
}
