// The same feed from a stock Apollo stack: gateway and two subgraphs as their documentation sets them up, over HTTP, in one process, with
// the rows in memory. No sessions, no tenants, no permissions, no database: what is left is the price of the stack itself.
import { composeServices } from '@apollo/composition';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

/** The feed as Polity answers it, with what its subgraphs keep of each row. */
export interface FeedPost {
  title: string;
  bodyHtml: string;
  visibility: string;
  author: { displayName: string | null };
  scope: { __typename: string; name: string; tenant?: { name: string }; community?: { name: string } };
}

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

const identity = parse(`${LINK}
  type Query { me: User }
  type User @key(fields: "id") { id: ID! displayName: String }
  type Tenant @key(fields: "id") { id: ID! name: String! }`);

const portal = parse(`${LINK}
  type Query { posts(first: Int): PostConnection }
  type PostConnection { edges: [PostEdge!]! }
  type PostEdge { node: Post! }
  type Post { title: String bodyHtml: String! visibility: String! author: User! scope: Scope! }
  union Scope = Tenant | Community | Team
  type Community { name: String! tenant: Tenant! }
  type Team { name: String! community: Community! }
  type User @key(fields: "id", resolvable: false) { id: ID! }
  type Tenant @key(fields: "id", resolvable: false) { id: ID! }`);

function resolversOf(posts: readonly FeedPost[]) {
  const scopeOf = ({ scope }: FeedPost, index: number) => ({
    ...scope,
    id: `tenant ${index}`,
    ...(scope.tenant && { tenant: { id: `tenant ${index}` } }),
  });
  const rows = posts.map((post, index) => ({ ...post, author: { id: String(index) }, scope: scopeOf(post, index) }));
  const indexIn = ({ id }: { id: string }) => Number(id.split(' ').at(-1));
  return {
    identity: {
      User: { __resolveReference: (ref: { id: string }) => ({ ...ref, ...posts[indexIn(ref)]?.author }) },
      Tenant: {
        __resolveReference: (ref: { id: string }) => {
          const scope = posts[indexIn(ref)]?.scope;
          return { ...ref, name: scope?.tenant?.name ?? scope?.name };
        },
      },
    },
    portal: {
      Query: {
        posts: (_: unknown, { first = 20 }: { first?: number }) => ({
          edges: rows.slice(0, first).map((node) => ({ node })),
        }),
      },
      Scope: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
    },
  };
}

async function subgraph(typeDefs: typeof identity, resolvers: object) {
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  const server = new ApolloServer({ schema, plugins: [ApolloServerPluginInlineTraceDisabled()] });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
  return url;
}

process.once('message', async (posts: FeedPost[]) => {
  const resolvers = resolversOf(posts);
  const services = [
    { name: 'identity', typeDefs: identity, url: await subgraph(identity, resolvers.identity) },
    { name: 'portal', typeDefs: portal, url: await subgraph(portal, resolvers.portal) },
  ];
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(String(errors));
  const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
  process.send?.(url);
});
