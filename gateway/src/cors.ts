import type { FastifyInstance } from 'fastify';

/** Request headers that a page of another origin may set. */
const MAY_SEND = [
  'authorization',
  'content-type',
  'dpop',
  'x-tenant',
  'x-request-id',
  'traceparent',
  'x-polity-cost',
  'x-polity-plan',
  'apollo-require-preflight',
  // Which application asks, as Apollo's clients and others say it.
  'apollographql-client-name',
  'apollographql-client-version',
  'graphql-client-name',
  'graphql-client-version',
  'x-apollo-operation-name',
  'tracestate',
  'x-graphql-event-stream-token',
].join(', ');
/** Response headers that it may read. */
const MAY_READ = ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy', 'www-authenticate'].join(', ');
/** Seconds for which a browser need not ask again; browsers keep it no longer than two hours. */
const PREFLIGHT_SECONDS = 7_200;

/**
 * Lets the pages of listed origins use these routes by their methods, cookies included; all others stay where browsers leave them. It comes before
 * all limits, so that a page learns why it was refused.
 */
export function allowOrigins(
  app: FastifyInstance,
  methods: Readonly<Record<string, string>>,
  origins: ReadonlySet<string>,
): void {
  if (origins.size === 0) return;
  app.addHook('onRequest', ({ headers: { origin }, routeOptions }, reply, goOn) => {
    if (!routeOptions.url || !Object.hasOwn(methods, routeOptions.url)) return goOn();
    // Also for those who may not: a cache must not hand their answer to those who may, nor the other way round.
    reply.header('vary', 'Origin');
    if (origin && origins.has(origin)) {
      reply
        .header('access-control-allow-origin', origin)
        .header('access-control-allow-credentials', 'true')
        .header('access-control-expose-headers', MAY_READ);
    }
    goOn();
  });
  for (const [path, allowed] of Object.entries(methods)) preflightRoute(app, path, allowed);
}

/** Answers preflights (Fetch standard, section 3.3). */
function preflightRoute(app: FastifyInstance, path: string, methods: string): void {
  app.options(path, async (_request, reply) => {
    if (reply.hasHeader('access-control-allow-origin')) {
      reply
        .header('access-control-allow-methods', methods)
        .header('access-control-allow-headers', MAY_SEND)
        .header('access-control-max-age', PREFLIGHT_SECONDS);
    }
    return reply.code(204).send();
  });
}
