import { addResolversToSchema } from '@graphql-tools/schema';
import { buildASTSchema, type GraphQLSchema, graphql, parse } from 'graphql';
import { DateTime, parseDateTime, scalarResolvers } from '../src/graph/scalars.ts';

const typeDefs = parse(
  'scalar DateTime scalar JSON type Query { at(value: DateTime): DateTime json(value: JSON): JSON broken: DateTime }',
);
const schema: GraphQLSchema = addResolversToSchema({
  schema: buildASTSchema(typeDefs),
  resolvers: {
    ...scalarResolvers,
    Query: {
      at: (_: unknown, { value }: { value?: Date }) => value,
      json: (_: unknown, { value }: { value?: unknown }) => value,
      broken: () => new Date(Number.NaN),
    },
  },
});

describe('DateTime', () => {
  it.each([
    ['2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000Z'],
    ['2026-01-31T09:30:00.5+02:00', '2026-01-31T07:30:00.500Z'],
    ['2024-02-29t23:59:59z', '2024-02-29T23:59:59.000Z'],
    ['2026-01-01T00:00:00-09:30', '2026-01-01T09:30:00.000Z'],
  ])('reads %s and writes it in UTC', async (given, written) => {
    const asVariable = await graphql({
      schema,
      source: 'query ($v: DateTime) { at(value: $v) }',
      variableValues: { v: given },
    });
    const asLiteral = await graphql({ schema, source: `{ at(value: "${given}") }` });
    expect([asVariable.data?.at, asLiteral.data?.at]).toEqual([written, written]);
  });

  it.each([
    'now',
    '',
    '2026-01-31',
    '2026-01-31T09:30:00',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-01-31T24:00:00Z',
    '2026-01-31T09:60:00Z',
    '2026-01-31T09:30:61Z',
    '2026-01-31T09:30:00+25:00',
    '2026-01-31 09:30:00Z',
    '1769851800000',
    '2026-01-31T09:30:00Z\n',
  ])('refuses %j', async (given) => {
    expect(parseDateTime(given)).toBeNull();
    const { errors } = await graphql({
      schema,
      source: 'query ($v: DateTime) { at(value: $v) }',
      variableValues: { v: given },
    });
    expect(errors?.[0]?.message).toMatch(/RFC 3339/);
  });

  it.each([1769851800000, true, {}, []])('refuses %j, which is not text', async (given) => {
    const { errors } = await graphql({
      schema,
      source: 'query ($v: DateTime) { at(value: $v) }',
      variableValues: { v: given },
    });
    expect(errors).toHaveLength(1);
  });

  it('gives the resolver a Date', () => {
    expect(DateTime.parseValue('2026-01-31T09:30:00Z')).toEqual(new Date(Date.UTC(2026, 0, 31, 9, 30)));
  });

  it('reports an invalid date instead of writing it', async () => {
    const { data, errors } = await graphql({ schema, source: '{ broken }' });
    expect(data).toEqual({ broken: null });
    expect(errors).toHaveLength(1);
  });
});

describe('JSON', () => {
  it('passes any value through as a variable', async () => {
    for (const value of [null, 0, 1.5, 'text', true, [1, [null]], { a: { b: [] } }]) {
      const { data } = await graphql({
        schema,
        source: 'query ($v: JSON) { json(value: $v) }',
        variableValues: { v: value },
      });
      expect(data?.json).toEqual(value);
    }
  });

  it('reads literals with variables inside', async () => {
    const { data } = await graphql({
      schema,
      source: 'query ($v: JSON) { json(value: {a: [1, 2.5, "x", true, null], v: $v}) }',
      variableValues: { v: { deep: 1 } },
    });
    expect(data?.json).toEqual({ a: [1, 2.5, 'x', true, null], v: { deep: 1 } });
  });

  it('never reaches the prototype of an object', async () => {
    const { data } = await graphql({ schema, source: '{ json(value: {__proto__: {admin: true}}) }' });
    expect(Object.hasOwn(data?.json as object, '__proto__')).toBe(true);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('refuses an enum value', async () => {
    const { errors } = await graphql({ schema, source: '{ json(value: RED) }' });
    expect(errors).toHaveLength(1);
  });
});
