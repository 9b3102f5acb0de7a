// Mercurius's gateway; it takes services, not a supergraph.
import { createRequire } from 'node:module';

const [urls = '', port, folder = ''] = process.argv.slice(2);
const peers = createRequire(`${folder}/package.json`);
const fastify = peers('fastify');
const mercurius = peers('@mercuriusjs/gateway');

const app = fastify();
await app.register(mercurius.default ?? mercurius, {
  gateway: {
    services: Object.entries(JSON.parse(urls)).map(([name, url]) => ({
      name,
      url: `${url}/graphql`,
      rewriteHeaders: ({ authorization }: Record<string, string>) => ({ authorization }),
    })),
  },
});
await app.listen({ port: Number(port), host: '127.0.0.1' });
