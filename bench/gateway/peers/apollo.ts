// Apollo's gateway as it is, but for its HTTP client: undici in place of the one that it brings, which takes as long again.
import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Pool } from 'undici';
import type { Urls } from './graph.ts';

const [urls = '', port, supergraphPath = ''] = process.argv.slice(2);
const pools = new Map(
  Object.values(JSON.parse(urls) as Urls).map((url) => [`${url}/graphql`, new Pool(url, { connections: 64 })]),
);

interface Sent {
  body: string;
  headers: Record<string, string>;
}

async function fetcher(url: string, { body, headers }: Sent) {
  const pool = pools.get(url) as Pool;
  const reply = await pool.request({ method: 'POST', path: '/graphql', body, headers });
  const type = { get: () => 'application/json' };
  return { ok: reply.statusCode === 200, status: reply.statusCode, headers: type, json: () => reply.body.json() };
}

class Source extends RemoteGraphQLDataSource<{ authorization?: string }> {
  override fetcher = fetcher as never;

  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource['willSendRequest']>>[0]) {
    request.http?.headers.set('authorization', (context as { authorization?: string }).authorization ?? '');
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraphPath, 'utf8'),
  buildService: ({ url }) => new Source({ url: url as string }),
});
const server = new ApolloServer<{ authorization?: string }>({ gateway });
await startStandaloneServer(server, {
  listen: { port: Number(port), host: '127.0.0.1' },
  context: async ({ req }) => ({ authorization: req.headers.authorization ?? '' }),
});
