import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import { buildSchema, type GraphQLSchema, getIntrospectionQuery, type OperationDefinitionNode, parse } from 'graphql';
import { gatewayConfig } from '../src/config.ts';
import { costOf, type DeclaredCosts, declaredCosts, nothingDeclared } from '../src/shield/cost.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const sdl = `
  type Query { things(first: Int, last: Int): Things all: [Thing!]! thing: Thing any: Any words: [String!] page(first: Int): [Thing!] }
  type Mutation { make: Thing count: Int }
  type Things { edges: [Edge!]! pageInfo: Info total: Int }
  type Info { more: Boolean }
  type Edge { node: Thing! }
  type Thing { id: ID! things(first: Int, last: Int): Things other: Thing }
  type Vault { id: ID! other: Thing third: Thing }
  union Any = Thing | Vault
`;
const schema = buildSchema(sdl);

function cost(
  query: string,
  values: Record<string, unknown> = {},
  declared: DeclaredCosts = nothingDeclared,
  graph: GraphQLSchema = schema,
): number {
  const document = parse(query);
  return costOf(graph, declared, document, document.definitions[0] as OperationDefinitionNode)(values);
}

describe('what an operation costs', () => {
  it.each([
    ['{ words __typename }', 0],
    ['{ thing { id other { id } } }', 2],
    ['mutation { count }', 10],
    ['mutation { a: make { id } make { other { id } } }', 23],
    ['{ all { id } }', 10],
    ['{ page(first: 4) { id } }', 4],
    ['{ things { edges { node { id } } } }', 1 + 20 * 2],
    ['{ things(first: 3) { total pageInfo { more } edges { node { id } } } }', 2 + 3 * 2],
    ['{ things(last: 4) { edges { node { id } } } }', 1 + 4 * 2],
    ['{ things(first: null, last: 4) { edges { node { id } } } }', 1 + 4 * 2],
    ['{ things(first: 3) { edges { node { things(first: 5) { edges { node { id } } } } } } }', 1 + 3 * (2 + 1 + 5 * 2)],
    [
      '{ ... { ...F } } fragment F on Query { things(first: 2) { ...G } } fragment G on Things { edges { node { id } } }',
      5,
    ],
  ])('of %s is %d', (query, expected) => {
    expect(cost(query)).toBe(expected);
  });

  it('of introspection is in proportion to the query that tools send', () => {
    expect(cost(getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true }))).toBe(10_000);
    const names = cost('{ __schema { types { name } } }');
    expect(names).toBeGreaterThan(100);
    expect(names).toBeLessThan(1_500);
    const inFragment = '{ __schema { ...S } } fragment S on __Schema { ... { types { name } } }';
    expect(cost(inFragment)).toBe(names);
    expect(cost('query ($n: String!) { __type(name: $n) { name } }')).toBeLessThan(20);
    const aliases = (inside: string) => Array.from({ length: 15 }, (_, index) => `a${index}: ${inside}`).join(' ');
    expect(cost(`{ __schema { types { ${aliases('fields { name type { name } }')} } } }`)).toBeGreaterThan(20_000);
    expect(cost(`{ ${aliases(`__schema { types { ${aliases('fields { name }')} } }`)} }`)).toBeGreaterThan(20_000);
  });

  it('follows the variables', () => {
    const query = 'query ($n: Int) { things(first: $n) { edges { node { id } } } }';
    expect(cost(query, { n: 7 })).toBe(15);
    expect(cost(query)).toBe(41);
    expect(cost(query, { n: -7 })).toBe(3);
    expect(cost(query, { n: 1e9 })).toBe(201);
  });

  it('leaves out what is not asked for', () => {
    const query =
      'query ($all: Boolean!) { thing { id } ... @include(if: $all) { all { id } } page(first: 5) @skip(if: $all) { id } }';
    expect(cost(query, { all: true })).toBe(11);
    expect(cost(query, { all: false })).toBe(6);
  });

  it('is that of the dearest type where an object can be of several', () => {
    expect(cost('{ any { ... on Thing { other { id } } ... on Vault { id } } }')).toBe(2);
    expect(
      cost('{ any { ... on Vault { other { id } } ... on Thing { id } ...V } } fragment V on Vault { third { id } }'),
    ).toBe(3);
  });

  it('is what the schemas say', () => {
    const declared = declaredCosts(`
      type Query { all: [Thing!]! @listSize(assumedSize: 50) things(first: Int): Things @cost(weight: 4) words: [String!] @cost(weight: 2) }
      type Mutation { count: Int @cost(weight: 500) }
      type Thing @cost(weight: 3) { id: ID! }
    `);
    expect(cost('{ all { id } }', {}, declared)).toBe(150);
    expect(cost('{ words things(first: 2) { edges { node { id } } } }', {}, declared)).toBe(2 + 4 + 2 * (1 + 3));
    expect(cost('mutation { count }', {}, declared)).toBe(510);
  });
});

describe('in the graph of Polity', () => {
  const supergraph = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
  const api = Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema();
  const declared = declaredCosts(supergraph);
  const { maxCost } = gatewayConfig({});

  it('every example costs a twentieth of what one operation may', async () => {
    await import('../assets/examples.js' as string);
    const { examplesWith } = globalThis as unknown as { examplesWith(ids: object): { query: string }[] };
    const costs = examplesWith({}).map(({ query }) => cost(query, {}, declared, api));
    expect(costs.length).toBeGreaterThan(4);
    expect(Math.max(...costs)).toBeLessThanOrEqual(maxCost / 20);
  });

  it('a page of a rich client stays well below it', () => {
    const query = `{ communities(first: 50) { edges { node { tenant { name } viewerMembership { roleKey } members(first: 10) { edges { node { user { username } } } }
      posts(first: 20) { edges { node { title author { displayName } scope { ... on Community { name tenant { name } } ... on Team { community { name } } } } } } } } } }`;
    expect(cost(query, {}, declared, api)).toBeLessThan(maxCost / 2);
  });

  it('a password costs more than a row', () => {
    expect(cost('mutation { signIn(input: {}) { __typename } }', {}, declared, api)).toBe(510);
    expect(cost('{ permissions { code } }', {}, declared, api)).toBe(50);
  });
});

describe('an operation', () => {
  let at: GatewayWorld;
  beforeAll(async () => {
    at = await startGatewayWorld();
  });
  afterAll(() => at?.close());

  const QUERY = `query Deep($n: Int) { communities(first: $n) { edges { node { members(first: $n) { edges { node { user {
    communities(first: $n) { edges { node { id } } } } } } } } } } }`;
  const costAt = (n: number) => 1 + n * (2 + 1 + n * (2 + 1 + 1 + n * 2));

  it('that may cost too much is refused before anything runs, whatever the variables hide', async () => {
    const { result, counts } = await at.world.count(() => at.browser().ask(QUERY, { n: 100 }));
    const { status, data, errors, codes } = result;
    expect([status, data, codes]).toEqual([400, undefined, ['QUERY_TOO_COSTLY']]);
    expect(errors[0].extensions.details).toEqual({ cost: costAt(100), limit: 20_000 });
    expect(counts.calls).not.toHaveProperty('portal');
    expect((await at.browser().ask(QUERY, { n: 10 })).errors).toEqual([]);
    expect((await at.browser().ask(QUERY)).errors).toEqual([]);
  });

  it('says its cost where it is asked to, and always in the log', async () => {
    const extensions = ({ text }: { text: string }) => JSON.parse(text).extensions;
    const asked = await at.browser().ask(QUERY, { n: 2 }, { 'x-polity-cost': '1' });
    expect(extensions(asked)).toEqual({ cost: { cost: costAt(2), limit: 20_000 } });
    expect(extensions(await at.browser().ask(QUERY, { n: 3 }))).toBeUndefined();
    const lines = at.logs.map((line) => JSON.parse(line)).filter(({ name }) => name === 'Deep');
    expect(lines.slice(-2).map((line) => line.cost)).toEqual([costAt(2), costAt(3)]);
  });
});

it('may be bounded more tightly', async () => {
  const at = await startGatewayWorld({ platform: { env: { MAX_COST: '5' } } });
  try {
    expect((await at.browser().ask('{ tenant { name } }')).errors).toEqual([]);
    expect((await at.browser().ask('{ communities(first: 5) { edges { cursor } } }')).codes).toEqual([
      'QUERY_TOO_COSTLY',
    ]);
  } finally {
    await at.close();
  }
});
