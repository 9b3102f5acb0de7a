import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

type Row = Record<string, unknown>;
type Resolver = (row: Row, args: Row) => unknown;
type Resolvers = Record<string, Record<string, Resolver>>;

/** A subgraph: its schema without the head, and what is not read off a row. */
interface Part {
  sdl: string;
  resolvers: Resolvers;
}

/** A question to a graph and its answer. */
export interface Case {
  query: string;
  /** Null with `refused`: the plan must not run, as it has no way to answer rightly. */
  data: unknown;
  /** There must be errors, too. */
  fails?: true;
  /** What the refusal names. */
  refused?: string;
}

export interface Suite {
  name: string;
  parts: Record<string, Part>;
  cases: Case[];
}

const HEAD =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@external", "@requires", "@shareable", "@interfaceObject"])';

/** The subgraphs of a suite, and their composition. */
export function graphOf({ name, parts }: Suite): {
  schemas: ReadonlyMap<string, GraphQLSchema>;
  supergraphSdl: string;
} {
  const services = Object.entries(parts).map(([part, { sdl }]) => ({
    name: part,
    url: `http://${part}`,
    typeDefs: parse(`${HEAD} ${sdl}`),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(`${name}: ${String(errors)}`);
  const schemas = services.map(({ name: part, typeDefs }) => {
    const { resolvers } = parts[part] as Part;
    return [part, buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }])] as const;
  });
  return { schemas: new Map(schemas), supergraphSdl };
}

const GOODS = [
  { code: 'g1', title: 'Lamp', grams: 3, cents: 7, shelf: { mean: 9 } },
  { code: 'g2', title: 'Rug', grams: 5, cents: 11, shelf: { mean: 20 } },
];
const good = ({ code }: Row) => GOODS.find((each) => each.code === code) as Row;
const priced = (cents: unknown, coin: unknown) => Number(cents) * (coin === 'EUR' ? 2 : 1);

/** What one field requires with an argument, another may require, or a client may ask for, with a different one. */
const goods: Suite = {
  name: 'required fields with arguments',
  parts: {
    catalogue: {
      sdl: `type Query { goods: [Good] }
        type Good @key(fields: "code") { code: ID!  title: String  cents(coin: String!): Int  grams: Int  shelf: Shelf }
        type Shelf { mean(coin: String!): Int }`,
      resolvers: {
        Query: { goods: () => GOODS },
        Good: { __resolveReference: good, cents: ({ cents }, { coin }) => priced(cents, coin) },
        Shelf: { mean: ({ mean }, { coin }) => priced(mean, coin) },
      },
    },
    parcels: {
      sdl: `type Good @key(fields: "code") { code: ID!  grams: Int @external  cents(coin: String!): Int @external  shelf: Shelf @external
          postage: Int @requires(fields: "cents(coin: \\"USD\\") grams")
          postageAbroad: Int @requires(fields: "cents(coin: \\"EUR\\") grams")
          isDear: Boolean @requires(fields: "shelf { mean(coin: \\"USD\\") }") }
        type Shelf @external { mean(coin: String!): Int }`,
      resolvers: {
        Good: {
          __resolveReference: (row) => row,
          postage: ({ cents, grams }) => Number(cents) * Number(grams),
          postageAbroad: ({ cents, grams }) => Number(cents) * Number(grams),
          isDear: ({ shelf }) => Number((shelf as Row).mean) > 10,
        },
      },
    },
  },
  cases: [
    {
      query: '{ goods { code title postage } }',
      data: {
        goods: [
          { code: 'g1', title: 'Lamp', postage: 21 },
          { code: 'g2', title: 'Rug', postage: 55 },
        ],
      },
    },
    {
      query: '{ goods { postageAbroad isDear } }',
      data: {
        goods: [
          { postageAbroad: 42, isDear: false },
          { postageAbroad: 110, isDear: true },
        ],
      },
    },
    { query: '{ goods { postage postageAbroad } }', data: null, refused: 'Good.cents' },
    {
      query: '{ goods { cents(coin: "EUR") postage shelf { mean(coin: "EUR") } isDear } }',
      data: {
        goods: [
          { cents: 14, postage: 21, shelf: { mean: 18 }, isDear: false },
          { cents: 22, postage: 55, shelf: { mean: 40 }, isDear: true },
        ],
      },
    },
    {
      query: 'query ($coin: String = "EUR") { goods { dollars: cents(coin: "USD") cents(coin: $coin) postageAbroad } }',
      data: {
        goods: [
          { dollars: 7, cents: 14, postageAbroad: 42 },
          { dollars: 11, cents: 22, postageAbroad: 110 },
        ],
      },
    },
  ],
};

const NOTES = [
  { id: 'n1', threadId: 't1', writerId: 'w1', text: 'good' },
  { id: 'n2', threadId: 't1', writerId: 'w2', text: 'fair' },
  { id: 'n3', threadId: 't1', writerId: 'w2', text: 'buy now' },
  { id: 'n4', threadId: 't2', writerId: 'w2', text: 'well' },
  { id: 'n5', threadId: 't2', writerId: 'w1', text: 'so' },
  { id: 'n6', threadId: 't2', writerId: 'w1', text: 'buy now' },
];
const notesOf = ({ id }: Row, { first }: Row) =>
  NOTES.filter(({ threadId }) => threadId === id).slice(0, Number(first));
const elsewhere = ({ id }: Row) => {
  const { text, threadId } = NOTES.find((note) => note.id === id) as (typeof NOTES)[number];
  return NOTES.filter((note) => note.text === text && note.threadId !== threadId).map((note) => ({
    id: note.threadId,
  }));
};
const thrice = (list: unknown) => {
  if (!Array.isArray(list) || list.length !== 3) throw new Error('Three notes are required.');
  return list as Row[];
};

/** The same with lists of entities, on both sides. */
const threads: Suite = {
  name: 'required lists with arguments',
  parts: {
    feed: {
      sdl: `type Query { feed: [Thread] }
        type Thread @key(fields: "id") { id: ID!  notes(first: Int!): [Note] @external }
        type Note @key(fields: "id") { id: ID!  writerId: ID  text: String!  repeats: [Thread] @external
          isSpam: Boolean @requires(fields: "repeats { notes(first: 50) { id } }") }`,
      resolvers: {
        Query: { feed: () => [{ id: 't1' }, { id: 't2' }] },
        Thread: { __resolveReference: (row) => row, notes: notesOf },
        Note: {
          __resolveReference: (row) => ({ ...NOTES.find(({ id }) => id === row.id), ...row }),
          isSpam: ({ repeats }) =>
            (repeats as { notes: Row[] }[]).length > 0 &&
            (repeats as { notes: Row[] }[]).every(({ notes }) => notes.length === 3),
        },
      },
    },
    people: {
      sdl: `type Thread @key(fields: "id") { id: ID!  notes(first: Int!): [Note]  last: Writer @requires(fields: "notes(first: 3) { writerId }") }
        type Note @key(fields: "id") { id: ID!  writerId: ID @external  repeats: [Thread] }
        type Writer { id: ID! }`,
      resolvers: {
        Thread: {
          __resolveReference: (row) => row,
          notes: (row, args) => notesOf(row, args).map(({ id }) => ({ id })),
          last: ({ notes }) => ({ id: thrice(notes)[2]?.writerId }),
        },
        Note: { __resolveReference: (row) => row, repeats: elsewhere },
      },
    },
  },
  cases: [
    { query: '{ feed { last { id } } }', data: { feed: [{ last: { id: 'w2' } }, { last: { id: 'w1' } }] } },
    ...[
      '{ feed { last { id } notes(first: 1) { id } } }',
      'query ($n: Int = 1) { feed { last { id } notes(first: $n) { id } } }',
      'query ($n: Int = 1) { feed { last { id } ...One ...Two } } fragment One on Thread { notes(first: $n) { id } } fragment Two on Thread { notes(first: $n) { id } }',
    ].map((query) => ({
      query,
      data: {
        feed: [
          { last: { id: 'w2' }, notes: [{ id: 'n1' }] },
          { last: { id: 'w1' }, notes: [{ id: 'n4' }] },
        ],
      },
    })),
    {
      query: '{ feed { notes(first: 3) { id isSpam } } }',
      data: {
        feed: [
          {
            notes: [
              { id: 'n1', isSpam: false },
              { id: 'n2', isSpam: false },
              { id: 'n3', isSpam: true },
            ],
          },
          {
            notes: [
              { id: 'n4', isSpam: false },
              { id: 'n5', isSpam: false },
              { id: 'n6', isSpam: true },
            ],
          },
        ],
      },
    },
  ],
};

const PLACE = { id: '1', code: 'p1', parts: { one: 'a', two: 'b', three: 'c' }, name: 'Hall' };

/** An entity with many keys, of which each subgraph finds it by another one. */
const keys: Suite = {
  name: 'keys of which each subgraph resolves another',
  parts: {
    places: {
      sdl: `type Place @key(fields: "id") @key(fields: "code", resolvable: false) @key(fields: "parts { one two }", resolvable: false)
          @key(fields: "id parts { two three }", resolvable: false) { id: ID!  code: ID!  parts: Parts!  name: String! }
        type Parts { one: ID!  two: ID!  three: ID! }`,
      resolvers: { Place: { __resolveReference: ({ id }) => (id === PLACE.id ? PLACE : null) } },
    },
    routes: {
      sdl: `type Query { route: Route }
        type Route @key(fields: "id") { id: ID!  places: [Place!]! }
        type Place @key(fields: "parts { one two }", resolvable: false) @key(fields: "id parts { two three }")
          @key(fields: "code", resolvable: false) @key(fields: "id", resolvable: false) {
          id: ID!  code: ID!  parts: Parts!  name: String! @external  sign: String! @requires(fields: "name") }
        type Parts { one: ID!  two: ID!  three: ID! }`,
      resolvers: {
        Query: { route: () => ({ id: '100', places: [{ ...PLACE, name: undefined }] }) },
        Route: { __resolveReference: (row) => row },
        Place: {
          __resolveReference: (row) => ({ ...PLACE, ...row }),
          sign: ({ name }) => {
            if (!name) throw new Error('The name is required.');
            return `to ${String(name)}`;
          },
        },
      },
    },
  },
  cases: [
    {
      query: '{ route { id places { id name sign } } }',
      data: { route: { id: '100', places: [{ id: '1', name: 'Hall', sign: 'to Hall' }] } },
    },
  ],
};

/** An interface whose objects one subgraph knows only as one type, and of which the other has no object type at all. */
const faces: Suite = {
  name: 'an interface object that nobody can tell the type of',
  parts: {
    types: {
      sdl: `type Query { loose: Thing  item: Item }
        interface Thing { id: ID! }
        interface Item @key(fields: "id") { id: ID!  label: String }
        type Bread implements Item @key(fields: "id") { id: ID!  label: String }`,
      resolvers: {
        Query: { loose: () => ({ id: 'x' }), item: () => ({ __typename: 'Bread', id: 'i1', label: 'Rye' }) },
        Item: { __resolveType: () => 'Bread' },
        Bread: { __resolveReference: ({ id }) => ({ id, label: 'Rye' }) },
      },
    },
    views: {
      sdl: `type Query { tasty: Item }
        type Item @key(fields: "id") @interfaceObject { id: ID!  stars: Int }`,
      resolvers: {
        Query: { tasty: () => ({ id: 'i1', stars: 4 }) },
        Item: { __resolveReference: ({ id }) => ({ id, stars: 4 }) },
      },
    },
  },
  cases: [
    { query: '{ tasty { id stars } }', data: { tasty: { id: 'i1', stars: 4 } } },
    {
      query: '{ tasty { id label stars ... on Bread { label } } }',
      data: { tasty: { id: 'i1', label: 'Rye', stars: 4 } },
    },
    { query: '{ item { id stars label } }', data: { item: { id: 'i1', stars: 4, label: 'Rye' } } },
    { query: '{ item { ... on Bread { id stars } } }', data: { item: { id: 'i1', stars: 4 } } },
    { query: '{ tasty { __typename id } }', data: { tasty: { __typename: 'Bread', id: 'i1' } } },
    { query: '{ loose { id } }', data: { loose: null }, fails: true },
  ],
};

/** Errors and nulls stand at the client's keys, whatever its fields are called while the operation runs. */
const named: Suite = {
  name: 'keys of the client',
  parts: goods.parts,
  cases: [
    {
      query: '{ goods { _asked_cents: title cents(coin: "USD") _asked__asked_cents: cents(coin: "EUR") } }',
      data: {
        goods: [
          { _asked_cents: 'Lamp', cents: 7, _asked__asked_cents: 14 },
          { _asked_cents: 'Rug', cents: 11, _asked__asked_cents: 22 },
        ],
      },
    },
  ],
};

export const suites: readonly Suite[] = [goods, threads, keys, faces, named];
