import { isLocal } from '@polity/kernel/http/local-only';
import { SIGNED_IN_HEADER } from '@polity/kernel/request/signed-in';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Pool } from 'undici';
import { publicRoutes } from './public-routes.ts';
import { otherCookies } from './session/cookie.ts';

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'proxy-authorization',
  'content-length',
]);

/** Headers that only services may send, or that this hop states itself. */
const isOurs = (name: string) => /^(x-polity-|signature|content-digest$|forwarded$|x-forwarded-)/.test(name);
/** What a client sent under this name was replaced by then, where it is read. */
const isTold = (name: string) => name === SIGNED_IN_HEADER;

function forwarded(request: FastifyRequest): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name) && (!isOurs(name) || isTold(name))) headers[name] = value;
  }
  const { cookie } = request.headers;
  return {
    'x-request-id': request.id,
    ...headers,
    ...(cookie === undefined ? {} : { cookie: otherCookies(cookie) }),
    'x-forwarded-for': request.ip,
    'x-forwarded-proto': request.protocol,
    'x-forwarded-host': request.host,
  };
}

/** What only this machine may read; the subgraph sees no more than what is told here, so it cannot judge alone. */
const isOnlyLocal = ({ routeOptions }: FastifyRequest) => routeOptions.url?.startsWith('/dev/') === true;

async function pass(pool: Pool, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (isOnlyLocal(request) && !isLocal(request)) return reply.callNotFound();
  try {
    const answer = await pool.request({
      method: request.method as 'GET',
      path: request.url,
      headers: forwarded(request),
      body: request.method === 'GET' || request.method === 'HEAD' ? null : (request.body as Buffer),
      signal: AbortSignal.timeout(10_000),
    });
    for (const [name, value] of Object.entries(answer.headers))
      if (value !== undefined && !HOP_BY_HOP.has(name)) reply.header(name, value);
    return reply.code(answer.statusCode).send(answer.body);
  } catch {
    return reply.code(503).send({ error: 'temporarily_unavailable' });
  }
}

/** Passes the public routes of subgraphs on to their processes, without the headers that only services may send. */
export async function proxyRoutes(app: FastifyInstance, addresses: Readonly<Record<string, string>>): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    for (const [name, prefixes] of Object.entries(publicRoutes)) {
      const address = addresses[name];
      if (!address) continue;
      const pool = new Pool(new URL(address).origin, { connections: 32 });
      scope.addHook('onClose', () => pool.close());
      for (const url of prefixes.flatMap((prefix) => [prefix, `${prefix}/*`])) {
        scope.all(url, (request, reply) => pass(pool, request, reply));
      }
    }
  });
}
