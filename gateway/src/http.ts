import type { AddressInfo } from 'node:net';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { AppError, Forbidden, Overloaded } from '@polity/kernel/graph/errors';
import type { Logger } from '@polity/kernel/log/logger';
import { metrics } from '@polity/kernel/metrics/metrics';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { GatewayConfig } from './config.ts';
import type { Carrier } from './context.ts';
import { allowOrigins, preflightRoute } from './cors.ts';
import { graphiqlRoutes } from './graphiql.ts';
import { inFlight } from './in-flight.ts';
import { contextOf, type Door } from './request.ts';

/** One mebibyte: the largest request body taken. */
const BODY_LIMIT = 1024 * 1024;
/** Seconds after which a shed request may come again. */
const RETRY_AFTER = 1;
/** Above the idle timeouts of common proxies, so that they, not we, end idle connections. */
const KEEP_ALIVE_MS = 75_000;
/** Longest time in which a request must have arrived whole. */
const REQUEST_MS = 30_000;
const YEAR_SECONDS = 365 * 24 * 3600;

export interface HttpOptions extends GatewayConfig {
  api: ApolloServer<Carrier>;
  door: Door;
  /** Demo accounts to offer on the page; none in production. */
  demoAccounts: boolean;
  /** Routes of subgraphs that live in this process. */
  routes(app: FastifyInstance): Promise<void>;
}

function refuse(reply: FastifyReply, status: number, { message, code, details }: AppError): FastifyReply {
  const extensions = { code, ...(Object.keys(details).length > 0 ? { details } : {}) };
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .send({ errors: [{ message, extensions }] });
}

/** A cookie request of an origin that is not listed is refused; Apollo's preflight rule alone would let requests of sibling hosts through. */
function isForeign({ headers }: FastifyRequest, publicHost: string, allowed: ReadonlySet<string>): boolean {
  const { origin } = headers;
  if (!headers.cookie || (origin && allowed.has(origin))) return false;
  if (headers['sec-fetch-site'] === 'cross-site') return true;
  if (!origin) return false;
  const host = URL.parse(origin)?.host;
  return host !== headers.host && host !== publicHost;
}

/** Errors of the HTTP layer in the form of every other answer; nothing of what went wrong inside. */
function answerErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? (error.code === 'ERR_INVALID_URL' ? 400 : 500);
    if (status < 500) return refuse(reply, status, new AppError('BAD_REQUEST', 'The request cannot be read.'));
    log.error({ err: error, path: request.routeOptions.url }, 'a request failed');
    return refuse(reply, 500, new AppError('INTERNAL_ERROR', 'Something went wrong on our side.'));
  });
  app.setNotFoundHandler((_request, reply) => refuse(reply, 404, new AppError('NOT_FOUND', 'There is nothing here.')));
}

function graphqlRoute(app: FastifyInstance, { api, door, maxInFlight, allowedOrigins }: HttpOptions): void {
  preflightRoute(app, '/graphql', allowedOrigins);
  const cap = inFlight(maxInFlight);
  const handler = fastifyApolloHandler(api, {
    context: async ({ headers, ip: address, host, method, url: path }) => ({
      operation: await contextOf(door, { headers, address, host, method, path }),
    }),
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    onRequest: allowOrigins(allowedOrigins),
    async handler(request, reply) {
      if (isForeign(request, door.publicHost, allowedOrigins))
        return refuse(reply, 403, new Forbidden('Requests from other sites are refused.'));
      const work = cap.run(async () => handler.call(app, request, reply));
      if (work) return work;
      metrics().shed.inc({ reason: 'in flight' });
      return refuse(reply.header('retry-after', RETRY_AFTER), 503, new Overloaded(RETRY_AFTER));
    },
  });
}

/**
 * On close, answers what is asked and then ends every connection. Browsers open some in advance, and without this a close would wait for
 * them until they time out.
 */
function endConnectionsOnClose(app: FastifyInstance): void {
  let active = 0;
  let closing = false;
  const endWhenQuiet = () => {
    if (closing && active === 0) app.server.closeAllConnections();
  };
  app.addHook('onRequest', async (_request, reply) => {
    active++;
    reply.raw.once('close', () => {
      active--;
      endWhenQuiet();
    });
  });
  app.addHook('preClose', async () => {
    closing = true;
    endWhenQuiet();
  });
}

/** The HTTP face of the gateway; not listening yet. */
export async function httpApp(options: HttpOptions): Promise<FastifyInstance> {
  const { door, trustedProxies } = options;
  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    forceCloseConnections: 'idle',
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_MS,
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
    if (door.cookie.secure) reply.header('strict-transport-security', `max-age=${YEAR_SECONDS}`);
  });
  endConnectionsOnClose(app);
  answerErrors(app, door.log);
  graphqlRoute(app, options);
  await graphiqlRoutes(app, options.demoAccounts);
  await options.routes(app);
  return app;
}

/** Listens and returns the port that was bound. */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  await app.listen({ host, port });
  return (app.server.address() as AddressInfo).port;
}
