import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, isInterfaceType, isObjectType, isUnionType, parse } from 'graphql';
import type { Ref, Universe } from './universe.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject"])`;

const SDL: Record<string, string> = {
  users: `${LINK}
    type User @key(fields: "id") { id: ID!  name: String! @shareable  email: String  bestFriend: User  friends: [User!]  favorite: Media }
    interface Media @key(fields: "id") { id: ID!  title: String }
    type Book implements Media @key(fields: "id") { id: ID!  title: String  pages: Int! }
    type Film implements Media @key(fields: "id") { id: ID!  title: String  minutes: Int }
    type Query { users: [User]  user(id: ID!): User  library: [Media!] }
    type Mutation { rename(id: ID!): User }`,
  products: `${LINK}
    type Product @key(fields: "id") @key(fields: "upc") { id: ID!  upc: ID!  name: String!  price: Int  dims: Dims  related: [[Product!]] }
    type Dims @shareable { h: Int  w: Int }
    type Query { products: [Product!] }`,
  reviews: `${LINK}
    type Review @key(fields: "id") { id: ID!  body: String!  author: User @provides(fields: "name")  product: Product  about: About }
    union About = Product | Book | Film
    type User @key(fields: "id") { id: ID!  name: String! @external  reviews: [Review!] }
    type Product @key(fields: "id") { id: ID!  reviews: [Review] }
    type Book @key(fields: "id") { id: ID!  author: User }
    type Film @key(fields: "id") { id: ID! }
    type Query { topReview: Review }
    type Mutation { review(id: ID!): Review }`,
  stock: `${LINK}
    type Product @key(fields: "upc") { upc: ID!  price: Int @external  dims: Dims @external  inStock: Boolean
      shipping(express: Boolean): Int @requires(fields: "price dims { h }") }
    type Dims @shareable { h: Int  w: Int }
    type User @key(fields: "id") { id: ID!  score: Int! }
    type Media @key(fields: "id") @interfaceObject { id: ID!  rating: Int }`,
};

type Source = Ref & Record<string, unknown>;

/** Every field asks the universe; what a subgraph was handed as required is used instead of asking. */
function resolversOf(schema: GraphQLSchema, asked: Universe): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('_')) continue;
    if (isInterfaceType(type) || isUnionType(type)) type.resolveType = ({ __typename }: Ref) => __typename;
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      field.resolve = (source: Source | undefined, args: Record<string, unknown>) =>
        resolveField(asked, type.name, field.name, source ?? ({ __typename: type.name, id: '0' } as Source), args);
    }
  }
}

/** A required field that failed reaches the subgraph as null. */
function quietly(asked: Universe, name: string, source: Source): unknown {
  try {
    return asked.field('Product', name, source);
  } catch {
    return null;
  }
}

function resolveField(
  asked: Universe,
  type: string,
  name: string,
  source: Source,
  args: Record<string, unknown>,
): unknown {
  if (name === 'id') return source.id;
  if (type === 'Dims') return source[name];
  if (name !== 'shipping') return asked.field(name === 'rating' ? 'Media' : type, name, source, args);
  const { price, dims } =
    'price' in source ? source : { price: quietly(asked, 'price', source), dims: quietly(asked, 'dims', source) };
  const cost = asked.shipping(price, (dims as { h: unknown } | null)?.h);
  return cost === null ? null : cost * (args.express ? 2 : 1);
}

/** Products are found by either key. */
function resolveReference(representation: Source): Source {
  return { ...representation, id: representation.id ?? String(representation.upc).replace('upc-', '') };
}

export interface Federation {
  schemas: ReadonlyMap<string, GraphQLSchema>;
  supergraphSdl: string;
  /** The same graph as one schema that asks the universe itself: what every gateway over the subgraphs must answer like. */
  oracle: GraphQLSchema;
}

/** The subgraphs over a universe, and their composition. */
export function federation(asked: Universe): Federation {
  const services = Object.entries(SDL).map(([name, sdl]) => ({ name, url: `http://${name}`, typeDefs: parse(sdl) }));
  const composed = composeServices(services);
  if (!composed.supergraphSdl) throw new Error(String(composed.errors));
  const schemas = services.map(({ name, typeDefs }) => {
    const schema = buildSubgraphSchema([{ typeDefs }]);
    resolversOf(schema, asked);
    const { Product } = schema.getTypeMap();
    if (Product) Product.extensions = { apollo: { subgraph: { resolveReference } } };
    return [name, schema] as const;
  });
  const oracle = composed.schema.toAPISchema().toGraphQLJSSchema();
  resolversOf(oracle, asked);
  return { schemas: new Map(schemas), supergraphSdl: composed.supergraphSdl, oracle };
}
