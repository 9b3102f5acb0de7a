import { type Fragments, fragmentsOf } from '@polity/kernel/graph/fragments';
import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  introspectionTypes,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** What the query that tools send costs; whatever else is asked of the schema costs in proportion. Half of what one operation may. */
const STANDARD_COST = 10_000;
/** Multiples of the standard query above which no operation may ask, and nobody counts on. */
const COUNTED = 2.05;
/** Above whatever one operation may cost. */
const UNAFFORDABLE = Number.MAX_SAFE_INTEGER;

type Counter = (node: FieldNode) => number;

/** Counts the fields that introspection resolves, visiting each part of the schema once for each selection set that asks about it. */
function counter(schema: GraphQLSchema, fragments: Fragments, most: number): Counter {
  const known = new Map<SelectionSetNode, Map<unknown, number>>();
  let steps = 0;

  function parts(type: GraphQLObjectType, { name }: FieldNode, source: unknown): readonly unknown[] {
    const resolve = type.getFields()[name.value]?.resolve;
    const value = resolve?.(source, { includeDeprecated: true }, {}, { schema } as GraphQLResolveInfo);
    return Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  }

  function ofField(field: FieldNode, type: GraphQLObjectType, source: unknown): number {
    const inner = getNamedType(type.getFields()[field.name.value]?.type);
    if (!field.selectionSet || !isObjectType(inner)) return 1;
    let fields = 1;
    for (const part of parts(type, field, source)) {
      fields += ofSet(field.selectionSet, inner, part);
      if (fields > most) break;
    }
    return fields;
  }

  function ofSet(set: SelectionSetNode, type: GraphQLObjectType, source: unknown): number {
    const counts = known.get(set) ?? new Map<unknown, number>();
    known.set(set, counts);
    const before = counts.get(source);
    if (before !== undefined) return before;
    let fields = 0;
    for (const node of set.selections) {
      if (++steps > most) return Number.POSITIVE_INFINITY;
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      if (node.kind === Kind.FIELD) fields += ofField(node, type, source);
      else if (fragment?.selectionSet) fields += ofSet(fragment.selectionSet, type, source);
    }
    counts.set(source, fields);
    return fields;
  }

  return ({ name, selectionSet }) => {
    if (!selectionSet) return 0;
    return name.value === '__schema'
      ? ofSet(selectionSet, typeNamed('__Schema'), schema)
      : ofSet(selectionSet, typeNamed('__Type'), largestType(schema));
  };
}

const typeNamed = (name: string) => introspectionTypes.find((type) => type.name === name) as GraphQLObjectType;

/** Nobody knows which type a variable will name, so `__type` counts as the largest. */
function largestType(schema: GraphQLSchema): GraphQLObjectType | undefined {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const size = (type: GraphQLObjectType) => Object.keys(type.getFields()).length;
  return types.sort((a, b) => size(b) - size(a))[0];
}

const standards = new WeakMap<GraphQLSchema, number>();

function standardOf(schema: GraphQLSchema): number {
  const known = standards.get(schema);
  if (known !== undefined) return known;
  const document = parse(getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true }));
  const [operation] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [node] = operation?.selectionSet.selections ?? [];
  const fields = counter(schema, fragmentsOf(document), Number.POSITIVE_INFINITY)(node as FieldNode);
  standards.set(schema, fields);
  return fields;
}

/** What `__schema` and `__type` cost in one operation, by the fields that they resolve in this schema. */
export function introspectionCosts(schema: GraphQLSchema, fragments: Fragments): Counter {
  let count: Counter | undefined;
  return (node) => {
    const standard = standardOf(schema);
    count ??= counter(schema, fragments, COUNTED * standard);
    const fields = count(node);
    return fields > COUNTED * standard ? UNAFFORDABLE : Math.ceil((STANDARD_COST * fields) / standard);
  };
}
