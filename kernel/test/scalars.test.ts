import { addResolversToSchema } from '@graphql-tools/schema';
import { buildASTSchema, type GraphQLSchema, graphql, parse } from 'graphql';
import { installScalars, parseDateTime } from '../src/graph/scalars.ts';
import { uuidv7 } from '../src/ids.ts';

const typeDefs = parse(`scalar DateTime scalar JSON scalar _Any
  input Place { id: ID! among: [ID!] }
  type Query {
    at(value: DateTime): DateTime json(value: JSON): JSON broken: DateTime isDate(value: DateTime): Boolean
    id(value: ID): ID ids(values: [ID!]): [ID] place(value: Place): [ID] reference(value: _Any): ID
  }`);
interface Place {
  id: string;
  among?: string[];
}
const schema: GraphQLSchema = addResolversToSchema({
  schema: buildASTSchema(typeDefs),
  resolvers: {
    Query: {
      isDate: (_: unknown, { value }: { value?: unknown }) => value instanceof Date,
      id: (_: unknown, { value }: { value?: string }) => value,
      ids: (_: unknown, { values }: { values?: string[] }) => values,
      place: (_: unknown, { value }: { value: Place }) => [value.id, ...(value.among ?? [])],
      reference: (_: unknown, { value }: { value: Place }) => value.id,
      at: (_: unknown, { value }: { value?: Date }) => value,
      json: (_: unknown, { value }: { value?: unknown }) => value,
      broken: () => new Date(Number.NaN),
    },
  },
});
installScalars(schema);

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
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-00:01',
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

  it('gives the resolver a Date', async () => {
    const { data } = await graphql({ schema, source: '{ isDate(value: "2026-01-31T09:30:00Z") }' });
    expect(data).toEqual({ isDate: true });
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

describe('JSON that is nested', () => {
  const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;
  const ask = (value: unknown) =>
    graphql({ schema, source: 'query ($v: JSON) { json(value: $v) }', variableValues: { v: value } });

  it('is taken up to 32 levels', async () => {
    expect((await ask(nested(32))).errors).toBeUndefined();
    expect((await ask(nested(33))).errors?.[0]?.message).toContain('at most 32 deep');
    const literal = await graphql({ schema, source: `{ json(value: ${'['.repeat(33)}${']'.repeat(33)}) }` });
    expect(literal.errors?.[0]?.message).toContain('at most 32 deep');
  });

  it('is refused without need of stack, however deep', async () => {
    expect((await ask(nested(100_000))).errors?.[0]?.message).toContain('at most 32 deep');
  });
});

describe('ID', () => {
  const id = uuidv7();
  const upper = id.toUpperCase();

  it('is read in lower case wherever it stands', async () => {
    const asked = `{ id(value: "${upper}") ids(values: ["${upper}"]) place(value: { id: "${upper}", among: ["${upper}"] }) reference(value: { id: "${upper}" }) }`;
    expect((await graphql({ schema, source: asked })).data).toEqual({
      id,
      ids: [id],
      place: [id, id],
      reference: id,
    });
    const source =
      'query($id: ID, $ids: [ID!], $place: Place, $any: _Any) { id(value: $id) ids(values: $ids) place(value: $place) reference(value: $any) }';
    const variableValues = { id: upper, ids: [upper], place: { id: upper, among: [upper] }, any: { id: upper } };
    expect((await graphql({ schema, source, variableValues })).data).toEqual({
      id,
      ids: [id],
      place: [id, id],
      reference: id,
    });
  });

  it('stays as it is where it is no UUID', async () => {
    const { data } = await graphql({ schema, source: '{ id(value: "Key-A") number: id(value: 7) none: id }' });
    expect(data).toEqual({ id: 'Key-A', number: '7', none: null });
  });
});
