import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/** One step from a type to a field; `on` where what the step before gave must be narrowed first. */
interface Step {
  on: string | null;
  field: Field;
}

/** A field with arguments, and how to come to it from a root. */
export interface ArguedField {
  coordinate: string;
  operation: 'query' | 'mutation';
  /** The last step is the field itself. */
  path: readonly Step[];
}

/** The value of an argument or of a field of an input, for a place such as `createPost(input.scope.id)`. */
export type Sample = (place: { field: Field; path: readonly string[]; type: string }) => unknown;

const MAX_STEPS = 5;

function next(schema: GraphQLSchema, type: GraphQLNamedOutputType): GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? [...schema.getPossibleTypes(type)] : [];
}

/** Every field of the graph that takes arguments, each by the shortest way from a root. */
export function arguedFields(schema: GraphQLSchema): ArguedField[] {
  const found: ArguedField[] = [];
  const seen = new Set<string>();
  const roots = [schema.getQueryType(), schema.getMutationType()].filter(isObjectType);
  const waiting = roots.map((type) => ({ type, path: [] as Step[], root: type.name }));
  for (const { type, path, root } of waiting) {
    if (seen.has(type.name) || path.length >= MAX_STEPS) continue;
    seen.add(type.name);
    for (const field of Object.values(type.getFields())) {
      const on = path.length > 0 ? type.name : null;
      const steps = [...path, { on, field }];
      const operation = root === 'Mutation' ? 'mutation' : 'query';
      if (field.args.length > 0) found.push({ coordinate: `${type.name}.${field.name}`, operation, path: steps });
      if (operation === 'query')
        waiting.push(...next(schema, getNamedType(field.type)).map((each) => ({ type: each, path: steps, root })));
    }
  }
  return found;
}

/** A value that the type takes, made of samples; optional parts are left out unless `whole`. */
export function sampleOf(
  type: GraphQLInputType,
  place: { field: Field; path: readonly string[] },
  sample: Sample,
  whole = true,
): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, place, sample, whole);
  if (isListType(type)) return [sampleOf(type.ofType, place, sample, whole)];
  if (isEnumType(type)) return sample({ ...place, type: type.name }) ?? type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return sample({ ...place, type: type.name });
  const fields = Object.values(type.getFields()).filter((each) => whole || isNonNullType(each.type));
  const kept = type.isOneOf ? fields.slice(0, 1) : fields;
  return Object.fromEntries(
    kept.map((each) => [each.name, sampleOf(each.type, { ...place, path: [...place.path, each.name] }, sample, whole)]),
  );
}

/** Paths to every leaf of the arguments of a field, such as `['input', 'scope', 'id']`, with the type that stands there. */
export function leavesOf(field: Field): { path: string[]; type: GraphQLInputType }[] {
  const below = (type: GraphQLInputType, path: string[]): { path: string[]; type: GraphQLInputType }[] => {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return [{ path, type }];
    return Object.values(named.getFields()).flatMap((each) => below(each.type, [...path, each.name]));
  };
  return field.args.flatMap((argument) => below(argument.type, [argument.name]));
}

/** An operation as it is sent; `values` are those of the last field's arguments. */
export interface Asking {
  query: string;
  variables: Record<string, unknown>;
}

const isNeeded = ({ type, defaultValue }: GraphQLArgument) => isNonNullType(type) && defaultValue === undefined;

/**
 * The operation that asks for the field with these arguments, as variables or, where `literal` writes values, in the document; steps before
 * it get samples for what they need. `beside` is a selection next to it.
 */
export function asking(
  { operation, path }: ArguedField,
  values: Readonly<Record<string, unknown>>,
  { sample, selection, beside = '', literal }: AskingOptions,
): Asking {
  const definitions: string[] = [];
  const variables: Record<string, unknown> = {};
  const argument = ({ name, type }: GraphQLArgument, value: unknown) => {
    const text = literal?.(value);
    if (text !== undefined) return `${name}: ${text}`;
    const variable = `v${definitions.length}`;
    definitions.push(`$${variable}: ${type}`);
    variables[variable] = value;
    return `${name}: $${variable}`;
  };
  const render = (at: number): string => {
    const { field, on } = path[at] as Step;
    const isLast = at === path.length - 1;
    const given = isLast
      ? field.args.filter(({ name }) => name in values).map((each) => argument(each, values[each.name]))
      : field.args
          .filter(isNeeded)
          .map((each) => argument(each, sampleOf(each.type, { field, path: [each.name] }, sample)));
    const own = isCompositeType(getNamedType(field.type)) ? ` { ${selection} }` : '';
    const inner = isLast ? own : ` { __typename ${render(at + 1)} }`;
    const text = `${field.name}${given.length > 0 ? `(${given.join(' ')})` : ''}${inner}`;
    return on ? `... on ${on} { ${text} }` : text;
  };
  const body = render(0);
  const head = definitions.length > 0 ? ` Asked(${definitions.join(', ')})` : ' Asked';
  return { query: `${operation}${head} { ${body} ${beside} }`, variables };
}

export interface AskingOptions {
  sample: Sample;
  /** What is selected of the field where it gives objects. */
  selection: string;
  beside?: string;
  literal?: (value: unknown) => string | undefined;
}
