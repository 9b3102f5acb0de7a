import type { AddressInfo } from 'node:net';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { Forbidden } from '@polity/kernel/graph/errors';
import type { GatewayContext } from './context.ts';
import { graphiqlRoutes } from './graphiql.ts';
import { contextOf, type Door } from './request.ts';

/** One mebibyte: the largest request body taken. */
const BODY_LIMIT = 1024 * 1024;

export interface HttpOptions {
  api: ApolloServer<GatewayContext>;
  door: Door;
  publicUrl: string;
  /** Trust `X-Forwarded-For` of a proxy in front. */
  trustProxy: boolean;
  production: boolean;
  /** Routes of subgraphs that live in this process. */
  routes(app: FastifyInstance): Promise<void>;
}

/** A cookie request from another site is refused; Apollo's preflight rule alone would let a same-site form through. */
function crossSite(request: FastifyRequest, publicHost: string): boolean {
  if (!request.headers.cookie) return false;
  const site = request.headers['sec-fetch-site'];
  if (site === 'cross-site') return true;
  const { origin } = request.headers;
  if (!origin || origin === 'null') return origin === 'null';
  const host = URL.parse(origin)?.host ?? '';
  return host !== publicHost && !host.endsWith(`.${publicHost}`) && host !== request.headers.host;
}

/** The HTTP face of the gateway; not listening yet. */
export async function httpApp(options: HttpOptions): Promise<FastifyInstance> {
  const { api, door } = options;
  const app = fastify({ logger: false, bodyLimit: BODY_LIMIT, trustProxy: options.trustProxy, forceCloseConnections: 'idle' });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
  });
  const handler = fastifyApolloHandler(api, {
    context: (request) => contextOf(door, { headers: request.headers, address: request.ip }),
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    async handler(request, reply) {
      if (crossSite(request, door.publicHost)) {
        const { code } = new Forbidden();
        return reply.code(403).send({ errors: [{ message: 'Requests from other sites are refused.', extensions: { code } }] });
      }
      return handler.call(app, request, reply);
    },
  });
  await graphiqlRoutes(app);
  await options.routes(app);
  return app;
}

/** Listens and returns the port that was bound. */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  await app.listen({ host, port });
  return (app.server.address() as AddressInfo).port;
}
