import {
  GraphQLError,
  GraphQLID,
  GraphQLScalarType,
  type GraphQLSchema,
  isScalarType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { canonicalId } from '../ids.ts';

// RFC 3339 with a mandatory offset: a time without a zone means a different moment to each reader.
const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:Z|[+-](\d{2}):(\d{2}))$/i;

function daysInMonth(year: number, month: number) {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isRealMoment(parts: RegExpExecArray) {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offsetHour = 0, offsetMinute = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59 &&
    offsetHour <= 23 &&
    offsetMinute <= 59
  );
}

/** Whether the moment can be written with four digits of its year: PostgreSQL knows no year 0, and RFC 3339 no year 10000. */
function isWritable(date: Date) {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

/** The moment that an RFC 3339 text names, or null where it names none. */
export function parseDateTime(text: string): Date | null {
  const parts = RFC_3339.exec(text);
  if (!parts || !isRealMoment(parts)) return null;
  const date = new Date(text.toUpperCase());
  return isWritable(date) ? date : null;
}

function readDateTime(value: unknown): Date {
  const date = typeof value === 'string' ? parseDateTime(value) : null;
  if (value instanceof Date && isWritable(value)) return value;
  if (!date) throw new GraphQLError('DateTime must be an RFC 3339 time with an offset, such as 2026-01-31T09:30:00Z.');
  return date;
}

function writeDateTime(value: unknown): string {
  const date = value instanceof Date ? value : readDateTime(value);
  if (Number.isNaN(date.getTime())) throw new GraphQLError('DateTime cannot show an invalid date.');
  return date.toISOString();
}

/** A moment: written as ISO 8601 in UTC with milliseconds and `Z`, read as any RFC 3339 time with an offset. */
const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment in time in UTC, such as 2026-01-31T09:30:00.000Z. Input may carry any offset.',
  serialize: writeDateTime,
  parseValue: readDateTime,
  parseLiteral: (node) => readDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

type JsonLiteralVariables = { readonly [name: string]: unknown } | null | undefined;

function readJsonLiteral(node: ValueNode, variables: JsonLiteralVariables): unknown {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.NULL:
      return null;
    case Kind.LIST:
      return node.values.map((item) => readJsonLiteral(item, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map((field) => [field.name.value, readJsonLiteral(field.value, variables)]),
      );
    case Kind.VARIABLE:
      return variables?.[node.name.value];
    default:
      throw new GraphQLError('JSON cannot hold an enum value.', { nodes: [node] });
  }
}

/** Levels of lists and objects within each other that a JSON value may have. */
const MAX_JSON_DEPTH = 32;

const isNest = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What walks through a JSON value needs stack for every level, so the levels are counted before anything does. */
function shallow(value: unknown): unknown {
  let level = [value].filter(isNest);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_JSON_DEPTH) throw new GraphQLError(`JSON may be nested at most ${MAX_JSON_DEPTH} deep.`);
    level = level.flatMap((nest) => Object.values(nest)).filter(isNest);
  }
  return value;
}

/** Any JSON value within a depth, passed through as it is. */
const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value: null, boolean, number, string, list or object.',
  serialize: (value) => value,
  parseValue: shallow,
  parseLiteral: (node, variables) => shallow(readJsonLiteral(node, variables)),
});

// Kept before `installScalars` puts ours in their place.
const readAnyId = { ofValue: GraphQLID.parseValue, ofLiteral: GraphQLID.parseLiteral };

/** Ids as clients spell them become ids as we do. */
const Id: Coercion = {
  parseValue: (value) => canonicalId(readAnyId.ofValue(value)),
  parseLiteral: (node, variables) => canonicalId(readAnyId.ofLiteral(node, variables)),
};

function readRepresentation(value: unknown): unknown {
  const { id } = (value ?? {}) as { id?: unknown };
  return typeof id === 'string' ? { ...(value as object), id: canonicalId(id) } : value;
}

/** References to entities, which federation takes as they come; they carry ids too. */
const Representation: Coercion = {
  parseValue: readRepresentation,
  parseLiteral: (node, variables) => readRepresentation(valueFromASTUntyped(node, variables)),
};

type Coercion = Pick<GraphQLScalarType, 'parseValue' | 'parseLiteral'>;

const scalars: Readonly<Record<string, Coercion>> = { DateTime, JSON: JsonScalar, ID: Id, _Any: Representation };

/**
 * Gives the scalars of a schema their meaning: a schema that was built from SDL alone, such as the gateway's, would take any value for any of
 * them. `ID` is one object for all schemas of the process, so ids are read in this way by each of them from then on.
 */
export function installScalars(schema: GraphQLSchema): void {
  for (const [name, scalar] of Object.entries(scalars)) {
    const type = schema.getType(name);
    const { parseValue, parseLiteral } = scalar;
    if (!isScalarType(type)) continue;
    Object.assign(type, { parseValue, parseLiteral });
    if (scalar instanceof GraphQLScalarType) type.serialize = scalar.serialize;
  }
}
