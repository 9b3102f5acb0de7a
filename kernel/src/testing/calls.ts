import {
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  Kind,
} from 'graphql';
import type { ScopeRef } from '../access/tree.ts';
import { type DeclaredGuard, guardsIn } from '../graph/guard.ts';

/** A root field of a subgraph, ready to be called. */
export interface RootField {
  name: string;
  root: 'query' | 'mutation';
  field: GraphQLField<unknown, unknown>;
  guard: DeclaredGuard;
  /** Whether some argument names a thing by its id. */
  takesId: boolean;
}

/** Values that a call is made with: by the name of an argument or input field, else by its type. */
export interface Sample {
  /** What stands wherever an id or a scope is wanted. */
  target: ScopeRef;
  /** Stands for ids that are called `userId`. */
  userId: string;
  named: Readonly<Record<string, unknown>>;
}

type Place = GraphQLArgument | GraphQLInputField;

const LEAVES: Record<string, unknown> = {
  String: 'sample',
  Boolean: true,
  Int: 1,
  Float: 1,
  JSON: {},
  DateTime: '2199-01-01T00:00:00.000Z',
};

/** Ids that others gave, of which no row of ours is known. */
const OF_OTHERS: ReadonlySet<string> = new Set(['clientId']);

function namesThing({ name, type }: Place, depth = 0): boolean {
  const named = getNamedType(type);
  if (named.name === 'ID') return !OF_OTHERS.has(name);
  if (!isInputObjectType(named) || depth > 2) return false;
  return Object.values(named.getFields()).some((field) => namesThing(field, depth + 1));
}

function sampleOf(name: string, type: GraphQLInputType, sample: Sample): unknown {
  const nullable = getNullableType(type);
  if (name in sample.named) return sample.named[name];
  if (isListType(nullable)) return [sampleOf('', nullable.ofType, sample)];
  if (nullable.name === 'ID') return /^userId$|UserId$/.test(name) ? sample.userId : sample.target.id;
  if (nullable.name === 'ScopeInput') return sample.target;
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (isInputObjectType(nullable)) return samplesOf(Object.values(nullable.getFields()), sample, nullable.isOneOf);
  return LEAVES[nullable.name];
}

/** Values of what is required and of what names a thing; of a `@oneOf` the first such. */
function samplesOf(places: readonly Place[], sample: Sample, oneOf = false): Record<string, unknown> {
  const wanted = places.filter((place) => isRequiredInputField(place as GraphQLInputField) || namesThing(place));
  const chosen = oneOf ? (wanted.length > 0 ? wanted : places).slice(0, 1) : wanted;
  return Object.fromEntries(chosen.map((place) => [place.name, sampleOf(place.name, place.type, sample)]));
}

/** What to ask of an answer: ids, also of the nodes of a connection. */
function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) return ' { __typename }';
  const fields = named.getFields();
  if (fields.edges) {
    const edge = getNamedType(fields.edges.type);
    const node = isObjectType(edge) ? edge.getFields().node : undefined;
    return ` { edges { ${node ? `node${selectionOf(node.type)}` : 'cursor'} } }`;
  }
  return fields.id ? ' { id }' : ' { __typename }';
}

/** A well-formed call of a root field, with variables. */
export function callOf(
  { root, field }: RootField,
  sample: Sample,
): [query: string, variables: Record<string, unknown>] {
  const variables = samplesOf(field.args, sample);
  const given = field.args.filter(({ name }) => name in variables);
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const [head, args] = declared ? [`(${declared})`, `(${passed})`] : ['', ''];
  return [`${root}${head} { ${field.name}${args}${selectionOf(field.type)} }`, variables];
}

/** Every root field of the contract. */
export function rootFieldsOf(schema: GraphQLSchema, typeDefs: DocumentNode): RootField[] {
  const guards = guardsIn(typeDefs);
  return (['query', 'mutation'] as const).flatMap((root) => {
    const type = root === 'query' ? schema.getQueryType() : schema.getMutationType();
    return Object.values(type?.getFields() ?? {}).flatMap((field) => {
      const guard = guards.find((each) => each.type === type?.name && each.field === field.name)?.guard;
      const takesId = field.args.some((argument) => namesThing(argument));
      return guard ? [{ name: field.name, root, field, guard, takesId }] : [];
    });
  });
}

/** Types of the contract that this subgraph owns and answers references by id to; a stub of another's type has no description. */
export function ownEntities(typeDefs: DocumentNode): string[] {
  return typeDefs.definitions.flatMap((node) => {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION || !node.description) return [];
    const byId = (node.directives ?? []).some(
      (directive) =>
        directive.name.value === 'key' &&
        directive.arguments?.some(({ value }) => value.kind === Kind.STRING && value.value === 'id') &&
        !directive.arguments.some(({ name, value }) => name.value === 'resolvable' && 'value' in value && !value.value),
    );
    return byId ? [node.name.value] : [];
  });
}

/** The leaves of an entity that need no argument, to see whether any of it changed. */
export function leavesOf(schema: GraphQLSchema, typeName: string): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
  const leaves = Object.values(type.getFields()).filter(
    (field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument),
  );
  return leaves.map(({ name }) => name).join(' ');
}
