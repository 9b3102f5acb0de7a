import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

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

/** The moment that an RFC 3339 text names, or null where it names none. */
export function parseDateTime(text: string): Date | null {
  const parts = RFC_3339.exec(text);
  if (!parts || !isRealMoment(parts)) return null;
  const date = new Date(text.toUpperCase());
  return Number.isNaN(date.getTime()) ? null : date;
}

function readDateTime(value: unknown): Date {
  const date = typeof value === 'string' ? parseDateTime(value) : null;
  if (!date) throw new GraphQLError('DateTime must be an RFC 3339 time with an offset, such as 2026-01-31T09:30:00Z.');
  return date;
}

function writeDateTime(value: unknown): string {
  const date = value instanceof Date ? value : readDateTime(value);
  if (Number.isNaN(date.getTime())) throw new GraphQLError('DateTime cannot show an invalid date.');
  return date.toISOString();
}

/** A moment: written as ISO 8601 in UTC with milliseconds and `Z`, read as any RFC 3339 time with an offset. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment in time in UTC, such as 2026-01-31T09:30:00.000Z. Input may carry any offset.',
  serialize: writeDateTime,
  parseValue: (value) => (value instanceof Date ? value : readDateTime(value)),
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

/** Any JSON value, passed through as it is. */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value: null, boolean, number, string, list or object.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: readJsonLiteral,
});

/** Resolvers of the shared scalars, to be spread into the resolvers of a subgraph that declares them. */
export const scalarResolvers = { DateTime, JSON: JsonScalar };
