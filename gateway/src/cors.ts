import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Request headers that a page of another origin may set. */
const MAY_SEND = [
  'authorization',
  'content-type',
  'dpop',
  'x-tenant',
  'x-request-id',
  'traceparent',
  'x-polity-cost',
  'apollo-require-preflight',
].join(', ');
/** Response headers that it may read. */
const MAY_READ = ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy', 'www-authenticate'].join(', ');
/** Seconds for which a browser need not ask again; browsers keep it no longer than two hours. */
const PREFLIGHT_SECONDS = 7_200;

/** Lets the pages of listed origins read the answers of a route, cookies included; all others stay where browsers leave them. */
export function allowOrigins(origins: ReadonlySet<string>) {
  return async ({ headers: { origin } }: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (origins.size === 0) return;
    // Also for those who may not: a cache must not hand their answer to those who may, nor the other way round.
    reply.header('vary', 'Origin');
    if (!origin || !origins.has(origin)) return;
    reply
      .header('access-control-allow-origin', origin)
      .header('access-control-allow-credentials', 'true')
      .header('access-control-expose-headers', MAY_READ);
  };
}

/** Answers preflights (Fetch standard, section 3.3); without listed origins there are none to answer. */
export function preflightRoute(app: FastifyInstance, url: string, origins: ReadonlySet<string>): void {
  if (origins.size === 0) return;
  app.options(url, { onRequest: allowOrigins(origins) }, async (_request, reply) => {
    if (reply.hasHeader('access-control-allow-origin')) {
      reply
        .header('access-control-allow-methods', 'GET, POST')
        .header('access-control-allow-headers', MAY_SEND)
        .header('access-control-max-age', PREFLIGHT_SECONDS);
    }
    return reply.code(204).send();
  });
}
