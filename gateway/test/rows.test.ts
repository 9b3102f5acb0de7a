import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { LIMITS } from '../src/limits.ts';
import { rowCounter } from '../src/shield/rows.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const schema = buildSchema(`
  type Query { things(first: Int, last: Int): Things plain: [Thing!]! thing: Thing words: [String!] }
  type Things { edges: [Edge!]! pageInfo: Thing }
  type Edge { node: Thing! }
  type Thing { id: ID! things(first: Int, last: Int): Things }
`);
function rows(query: string, values: Record<string, unknown> = {}): number {
  const document = parse(query);
  return rowCounter(schema, document, document.definitions[0] as OperationDefinitionNode)(values);
}

describe('the rows that an operation can answer with', () => {
  it.each([
    ['{ thing { id } words }', 0],
    ['{ things { edges { node { id } } } }', 20],
    ['{ things(first: 3) { edges { node { id } } } }', 3],
    ['{ things(last: 4) { edges { node { id } } } }', 4],
    ['{ plain { id } }', 10],
    ['{ things(first: 3) { edges { node { things(first: 5) { edges { node { id } } } } } } }', 18],
    ['{ a: things(first: 3) { pageInfo { id } } b: things(first: 4) { pageInfo { id } } }', 7],
    [
      '{ ... { ...F } } fragment F on Query { things(first: 2) { edges { node { ...G } } } } fragment G on Thing { things(first: 2) { pageInfo { id } } }',
      6,
    ],
  ])('of %s are %d', (query, count) => {
    expect(rows(query)).toBe(count);
  });

  it('follow the variables', () => {
    expect(rows('query ($n: Int) { things(first: $n) { pageInfo { id } } }', { n: 7 })).toBe(7);
    expect(rows('query ($n: Int) { things(first: $n) { pageInfo { id } } }')).toBe(20);
    expect(rows('query ($n: Int) { things(first: $n) { pageInfo { id } } }', { n: -7 })).toBe(1);
    expect(rows('query ($n: Int) { things(first: $n) { pageInfo { id } } }', { n: 1e9 })).toBe(100);
  });
});

describe('an operation that asks for too many rows', () => {
  let at: GatewayWorld;
  beforeAll(async () => {
    at = await startGatewayWorld();
  });
  afterAll(() => at?.close());

  const QUERY = `query ($n: Int) { communities(first: $n) { edges { node { members(first: $n) { edges { node { user {
    communities(first: $n) { edges { node { id } } } } } } } } } } }`;

  it('is refused before anything runs, whatever the variables hide', async () => {
    const { data, errors, codes } = await at.browser().ask(QUERY, { n: 100 });
    expect([data, codes]).toEqual([null, ['VALIDATION_ERROR']]);
    expect(errors[0].message).toContain(`at most ${LIMITS.rows}`);
    expect((await at.browser().ask(QUERY, { n: 10 })).errors).toEqual([]);
    expect((await at.browser().ask(QUERY)).errors).toEqual([]);
  });
});
