import { graphql } from 'graphql';
import { systemClock } from '../src/clock.ts';
import { StartError } from '../src/config/start-error.ts';
import { buildSchema, parseTypeDefs } from '../src/graph/schema.ts';
import { type AnySubgraph, defineSubgraph } from '../src/graph/subgraph.ts';
import { anonymous, serviceViewer, type Viewer } from '../src/request/context.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible", "@shareable"])';

function shop(sdl: string, codes: string[] = []): AnySubgraph {
  const resolvers = {
    Query: { price: () => 1, till: () => ({ id: 't', sum: 2 }), own: () => 3, admin: () => 4, _all: () => 5 },
    Till: { __resolveReference: ({ id }: { id: string }) => ({ id, sum: 2 }) },
  };
  const permissions = codes.map((code) => ({ code, description: code, scopeTypes: ['TENANT' as const] }));
  return defineSubgraph({
    name: 'shop',
    typeDefs: parseTypeDefs(`${LINK}\n${sdl}`),
    resolvers,
    access: { permissions, roles: [] },
  });
}

const SDL = `
  type Query {
    price: Int @guard(who: ANYONE)
    till: Till @guard(who: ANYONE)
    own: Int @guard(who: FRESH_SESSION)
    admin: Int @guard(who: SYSTEM_ADMIN)
    _all: Int @inaccessible @guard(who: SERVICE)
  }
  type Till @key(fields: "id") @guard(who: PERSON) { id: ID! sum: Int open: Int @guard(who: ANYONE) }`;

const schema = buildSchema(shop(SDL));
const person: Viewer = { ...anonymous, kind: 'user', id: 'p', authTime: systemClock.nowMs() / 1000 };

async function answer(viewer: Viewer, source: string) {
  const { data, errors } = await graphql({ schema, source, contextValue: { viewer, clock: systemClock } });
  return { data, codes: errors?.map(({ originalError }) => (originalError as { code?: string }).code) };
}

describe('the guards of a subgraph', () => {
  it.each<[string, Viewer, Record<string, unknown>]>([
    ['an anonymous viewer', anonymous, { price: 1, own: null, admin: null, _all: null }],
    ['a person', person, { price: 1, own: 3, admin: null, _all: null }],
    ['a person whose proof is old', { ...person, authTime: 0 }, { price: 1, own: null, admin: null, _all: null }],
    ['a system administrator', { ...person, flags: ['SYSTEM_ADMIN'] }, { price: 1, own: 3, admin: 4, _all: null }],
    ['a service', serviceViewer('desk'), { price: 1, own: null, admin: null, _all: 5 }],
  ])('let %s have what they say', async (_who, viewer, expected) => {
    expect((await answer(viewer, '{ price own admin _all }')).data).toEqual(expected);
  });

  it('hold at a type whichever way leads to it', async () => {
    const references =
      '{ _entities(representations: [{ __typename: "Till", id: "t" }]) { ... on Till { sum open } } till { sum } }';
    expect(await answer(anonymous, references)).toEqual({
      data: { _entities: [{ sum: null, open: null }], till: { sum: null } },
      codes: ['UNAUTHENTICATED', 'UNAUTHENTICATED'],
    });
    expect((await answer(person, references)).data).toEqual({ _entities: [{ sum: 2, open: null }], till: { sum: 2 } });
  });

  it.each([
    ['a root field without one', 'type Query { price: Int }', 'Query.price: a root field without @guard'],
    ['an entity without one', `${SDL} type Bill @key(fields: "id") { id: ID! }`, 'Bill: an entity without @guard'],
    ['one that cannot be read', 'type Query { price: Int @guard(at: "x") }', 'Query.price: @guard: `who` is missing'],
    [
      'one with a permission of its own that nobody declares',
      'type Query { price: Int @guard(who: PERSON, permission: "shop.price.sell") }',
      'no subgraph declares the permission `shop.price.sell`',
    ],
  ])('keep a subgraph from starting: %s', (_why, sdl, problem) => {
    expect(() => buildSchema(shop(sdl, ['shop.price.set']))).toThrow(StartError);
    expect(() => buildSchema(shop(sdl, ['shop.price.set']))).toThrow(problem);
  });
});
