import { isOutage } from '@polity/kernel/graph/outage';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../ports.ts';

const PREFIX = '/oidc';
/** Largest form of an authorization request, in bytes. */
const FORM_LIMIT = 16 * 1024;
// In a process of its own a subgraph takes signed requests only; these routes are for browsers and clients.
const OPEN = { config: { open: true } };

/**
 * The library builds addresses from the request; only the configured public address may stand in them, whatever a
 * client or proxy sent.
 */
function assertPublicAddress({ raw, ip }: FastifyRequest, publicUrl: string): void {
  const { protocol, host } = new URL(publicUrl);
  raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
  raw.headers['x-forwarded-host'] = host;
  raw.headers['x-forwarded-for'] = ip;
}

async function handToProvider(request: FastifyRequest, reply: FastifyReply, ports: Ports, path: string): Promise<void> {
  const provider = await ports.oidc.provider();
  assertPublicAddress(request, ports.oidc.publicUrl);
  const raw = request.raw as typeof request.raw & { originalUrl?: string };
  raw.originalUrl = `${PREFIX}${path}`;
  raw.url = path;
  // The library reads the body itself and answers by itself.
  reply.hijack();
  reply.raw.setHeader('x-content-type-options', 'nosniff');
  reply.raw.setHeader('referrer-policy', 'no-referrer');
  await provider.callback()(raw, reply.raw);
}

async function providerRoutes(app: FastifyInstance, ports: Ports): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.setErrorHandler(async (error, _request, reply) => {
    if (!isOutage(error)) throw error;
    return reply.code(503).header('retry-after', '1').send({ error: 'temporarily_unavailable' });
  });
  const forward = (path: (url: string) => string) => (request: FastifyRequest, reply: FastifyReply) =>
    handToProvider(request, reply, ports, path(request.raw.url ?? '/'));
  // The library's own pages for the codes of devices are not used: the gateway's is.
  for (const url of [`${PREFIX}/device`, `${PREFIX}/device/*`]) {
    const toPage = async (_request: FastifyRequest, reply: FastifyReply) => reply.redirect('/account/device', 303);
    app.route({ method: ['GET', 'POST'], url, ...OPEN, handler: toPage });
  }
  app.route({
    method: ['GET', 'POST', 'OPTIONS'],
    url: `${PREFIX}/*`,
    ...OPEN,
    handler: forward((url) => url.slice(PREFIX.length)),
  });
  // The issuer is the public address itself, so its documents lie at the root (RFC 8414 section 3).
  for (const document of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']) {
    app.get(document, { ...OPEN, handler: forward(() => document) });
  }
}

/** Largest authorization request that may come as a form, in characters of its address; what is longer is pushed (RFC 9126). */
const ADDRESS_LIMIT = 8_000;

/**
 * An authorization request may come as a form (OpenID Connect Core, section 3.1.2.1). It goes on as an address: browsers send our cookies along
 * with that, and not with a form of another site.
 */
async function postedRequests(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  const form = { parseAs: 'string', bodyLimit: FORM_LIMIT } as const;
  app.addContentTypeParser('application/x-www-form-urlencoded', form, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
  app.post(`${PREFIX}/authorize`, OPEN, async ({ body }, reply) => {
    const query = String(body ?? '');
    if (query.length <= ADDRESS_LIMIT) return reply.redirect(`${PREFIX}/authorize?${query}`, 303);
    return reply.code(413).send({ error: 'invalid_request', error_description: 'the request is too long: push it' });
  });
}

/** The OpenID Connect provider under `/oidc`, and its discovery documents. What people see is at the gateway. */
export async function oidcRoutes(app: FastifyInstance, ports: Ports): Promise<void> {
  await app.register((scope) => providerRoutes(scope, ports));
  await app.register(postedRequests);
}
