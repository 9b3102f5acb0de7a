import { parseTypeDefs } from '@polity/kernel/graph/schema';
import { problemsOfGuards } from '../guards.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible", "@shareable"])';
const codes = new Set(['shop.price.set', 'shop.price.read']);

const schema = (name: string, sdl: string) => ({ name, document: parseTypeDefs(`${LINK}\n${sdl}`) });
const problems = (sdl: string) => problemsOfGuards([schema('shop', sdl)], codes);
const guarded = (guard: string, args = '(id: ID!, input: PriceInput, ids: [ID!])') =>
  problems(
    `type Query { price${args}: Int @guard(${guard}) } input PriceInput { scope: ScopeInput! teamId: ID name: String }`,
  );

describe('the guards of schemas that are composed', () => {
  it.each([
    'who: ANYONE',
    'who: ANYONE, token: ANY',
    'who: PERSON, permission: "shop.price.set"',
    'who: SIGNED_IN, permission: "shop.price.read", scope: TENANT',
    'who: PERSON, permission: "shop.price.set", at: "input.scope"',
    'who: PERSON, permission: "shop.price.set", scope: TEAM, at: "input.teamId"',
    'who: PERSON, permission: "shop.price.set", scope: COMMUNITY, at: "id"',
  ])('may be %s', (guard) => {
    expect(guarded(guard)).toEqual([]);
  });

  it.each([
    ['token: READ', '`who` is missing'],
    ['who: NOBODY', '`who` is one of ANYONE,'],
    ['who: "ANYONE"', '`who` is one of ANYONE,'],
    ['who: ANYONE, permision: "shop.price.set"', 'there is no argument `permision`'],
    ['who: ANYONE, permission: "shop.price.set"', 'a permission goes with'],
    ['who: SESSION, permission: "shop.price.set"', 'a permission goes with'],
    ['who: PERSON, permission: "set"', '`permission` is a text such as'],
    ['who: PERSON, permission: "shop.price.sell"', 'no subgraph declares the permission `shop.price.sell`'],
    ['who: PERSON, permission: "shop.price.set", scope: TEAM', '`scope: TEAM` wants `at`'],
    ['who: PERSON, permission: "shop.price.set", scope: PLANET, at: "id"', '`scope` is one of TENANT,'],
    ['who: PERSON, permission: "shop.price.set", at: "id"', '`id` is an id: `scope` says of what kind'],
    ['who: PERSON, permission: "shop.price.set", at: "place"', 'the field has no argument `place`'],
    ['who: PERSON, permission: "shop.price.set", at: "input.place"', 'the field has no argument `input.place`'],
    ['who: PERSON, permission: "shop.price.set", at: "id.scope"', 'the field has no argument `id.scope`'],
    ['who: PERSON, permission: "shop.price.set", at: "$.input"', '`at` is a text such as'],
    ['who: PERSON, permission: "shop.price.set", scope: TEAM, at: "ids"', 'the field has no argument `ids`'],
    ['who: PERSON, permission: "shop.price.set", scope: TEAM, at: "input.name"', '`input.name` names no scope'],
    ['who: PERSON, permission: "shop.price.set", scope: TEAM, at: "input.scope"', 'says the kind of scope itself'],
    ['who: PERSON, permission: "shop.price.set", token: READ', '`token` goes with no permission'],
    ['who: SESSION, token: READ', '`token` says nothing with `who: SESSION`'],
    ['who: ANYONE, at: "id"', '`scope` and `at` say where a `permission` is needed'],
    ['who: PERSON', 'it must name a `permission`, or with `token`'],
    ['who: SERVICE', 'what is for services is @inaccessible'],
  ])('may not be %s', (guard, problem) => {
    expect(guarded(guard)).toEqual([expect.stringContaining(problem)]);
    expect(guarded(guard)).toEqual([expect.stringMatching(/^shop: Query\.price: /)]);
  });

  it.each([
    ['type Query { price: Int }', 'shop: Query.price: a root field without @guard'],
    ['extend type Mutation { set: Int }', 'shop: Mutation.set: a root field without @guard'],
    ['type Price @key(fields: "id") { id: ID! }', 'shop: Price: an entity without @guard'],
    [
      'type Query { _p: Int @inaccessible @guard(who: ANYONE) }',
      'Query._p: @guard: an @inaccessible root field is for services',
    ],
    ['type Query { p: Int @guard(who: ANYONE) @guard(who: ANYONE) }', 'Query.p: @guard: there are two'],
    [
      'type Query @guard(who: ANYONE) { p: Int @guard(who: ANYONE) }',
      'Query: @guard: root fields are guarded one by one',
    ],
    [
      'type Price @guard(who: PERSON, permission: "shop.price.set") { id: ID! }',
      'Price: @guard: a guard of a type says `who` alone',
    ],
    ['type Price @guard(who: SESSION) { id: ID! }', 'Price: @guard: `who: SESSION` is for fields'],
  ])('stand where they must: %s', (sdl, problem) => {
    expect(problems(sdl)).toEqual([expect.stringContaining(problem)]);
  });

  it('need not stand at types that no reference reaches', () => {
    expect(problems('type Price { id: ID! } type User @key(fields: "id", resolvable: false) { id: ID! }')).toEqual([]);
  });

  it('say the same of one thing in all schemas', () => {
    const one = schema('shop', 'type User @key(fields: "id") @guard(who: ANYONE) { id: ID! }');
    const other = schema('desk', 'type User @key(fields: "id") @guard(who: PERSON) { id: ID! }');
    expect(problemsOfGuards([one, other], codes)).toEqual(['desk: User: shop guards it in another way']);
    expect(problemsOfGuards([one, { ...one, name: 'desk' }], codes)).toEqual([]);
  });
});
