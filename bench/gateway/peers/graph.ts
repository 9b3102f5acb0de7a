// The graph that the public gateway benchmarks share: four subgraphs over few rows, and a query that goes through them again and again.
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parseTypeDefs } from '@polity/kernel/graph/schema';
import { type GraphQLSchema, isObjectType, parse } from 'graphql';

export const subgraphNames = ['accounts', 'products', 'inventory', 'reviews'] as const;
export type SubgraphName = (typeof subgraphNames)[number];
/** Where each subgraph listens. */
export type Urls = Record<SubgraphName, string>;

/** In the first version of federation, the only one that every peer reads. Root fields say who may ask, where somebody asks that. */
export const sdlOf = (name: SubgraphName, guard = ''): string =>
  ({
    accounts: `
      extend type Query { me: User ${guard} users: [User] ${guard} }
      type User @key(fields: "id") { id: ID! name: String username: String birthday: Int }`,
    products: `
      extend type Query { topProducts(first: Int = 5): [Product] ${guard} }
      type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
    inventory: `
      extend type Product @key(fields: "upc") { upc: String! @external price: Int @external weight: Int @external
        inStock: Boolean shippingEstimate: Int @requires(fields: "price weight") }`,
    reviews: `
      type Review @key(fields: "id") { id: ID! body: String product: Product author: User @provides(fields: "username") }
      extend type User @key(fields: "id") { id: ID! @external username: String @external reviews: [Review] }
      extend type Product @key(fields: "upc") { upc: String! @external reviews: [Review] }`,
  })[name];

const FRAGMENTS = `
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { inStock name price shippingEstimate upc weight }`;

/** What is measured, by name. */
export const operations = {
  heavy: `${FRAGMENTS} query Heavy {
    users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } }
    topProducts { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } }`,
  light: 'query Light { topProducts(first: 3) { upc name price inStock } }',
  'one fetch': 'query One { me { id name username } }',
  nothing: 'query Nothing { __typename }',
};

export type OperationName = keyof typeof operations;

const users = ['urigo', 'dotansimha', 'kamilkisiela', 'ardatan', 'gilgardosh', 'laurin'].map((username, index) => ({
  id: String(index + 1),
  name: `Person ${index + 1}`,
  username,
  birthday: 1_234_567_890,
}));

const PRICES = [899, 1_299, 15, 499, 1_299, 6_999, 3_999, 100_000, 9_999];
const products = PRICES.map((price, index) => ({
  upc: String(index + 1),
  name: `Product ${index + 1}`,
  price,
  weight: 100 + 50 * index,
  inStock: index % 2 === 0,
}));

/** Letters of the text of each review, and the product that it is of. */
const REVIEWS = [
  [445, 1],
  [296, 1],
  [274, 1],
  [147, 1],
  [445, 2],
  [296, 2],
  [274, 2],
  [147, 2],
  [147, 3],
  [147, 4],
  [866, 4],
];
const WORDS = 'a review says what somebody thinks of a thing that they bought and would or would not buy again ';
const reviews = REVIEWS.map(([letters = 0, product], index) => ({
  id: String(index + 1),
  body: WORDS.repeat(10).slice(0, letters),
  product: { upc: String(product) },
  author: { id: '1', username: 'urigo' },
}));

type Row = Record<string, unknown>;

const shipping = ({ price, weight }: Row) => (Number(price) > 1_000 ? 0 : Math.floor(Number(weight) / 2));

/** Resolvers by `Type.field`; every other field is read off its row. */
const RESOLVERS: Record<string, (row: Row, args: Row) => unknown> = {
  'Query.me': () => users[0],
  'Query.users': () => users,
  'Query.topProducts': (_row, { first }) => products.slice(0, Number(first)),
  'Product.shippingEstimate': shipping,
  'Product.reviews': ({ upc }) => reviews.filter(({ product }) => product.upc === upc),
  'User.reviews': () => reviews.slice(0, 2),
};

const FOUND: Record<string, (row: Row) => unknown> = {
  User: (row) => ({ ...users.find(({ id }) => id === row.id), ...row }),
  Product: (row) => ({ ...products.find(({ upc }) => upc === row.upc), ...row }),
  Review: (row) => ({ ...reviews.find(({ id }) => id === row.id), ...row }),
};

/** What a subgraph serves. */
export function schemaOf(name: SubgraphName): GraphQLSchema {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdlOf(name)) }]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = RESOLVERS[`${type.name}.${field.name}`];
      if (resolve) field.resolve = resolve;
    }
    const find = FOUND[type.name];
    if (find) type.extensions = { apollo: { subgraph: { resolveReference: find } } };
  }
  return schema;
}

const GUARDED =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@provides", "@requires", "@shareable", "@inaccessible"])';

/** In the second version, in which who else serves a field is said at the field. */
const guardedSdl = (name: SubgraphName): string =>
  sdlOf(name, '@guard(who: ANYONE)').replace('username: String birthday', 'username: String @shareable birthday');

/** The supergraph over subgraphs at `urls`; for Polity with a guard at each root field, without which it does not start. */
export function supergraphSdl(urls: Urls, { guarded = false } = {}): string {
  const services = subgraphNames.map((name) => ({
    name,
    url: `${urls[name]}/graphql`,
    typeDefs: guarded ? parseTypeDefs(`${GUARDED} ${guardedSdl(name)}`) : parse(sdlOf(name)),
  }));
  const { supergraphSdl: sdl, errors } = composeServices(services);
  if (!sdl) throw new Error(String(errors));
  return sdl;
}
