import { InvalidInput } from '@polity/kernel/graph/errors';
import { isOutage } from '@polity/kernel/graph/outage';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errors } from 'oidc-provider';
import type { Ports } from '../ports.ts';
import { findClient } from './clients.ts';
import { type Parts, showInteraction, submitInteraction } from './interaction.ts';
import { page, pageHeaders } from './pages.ts';

const PREFIX = '/oidc';
/** Largest form of an interaction page, in bytes. */
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

function takeForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const form = { parseAs: 'string', bodyLimit: FORM_LIMIT } as const;
  app.addContentTypeParser('application/x-www-form-urlencoded', form, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
}

/**
 * An authorization request may come as a form (OpenID Connect Core, section 3.1.2.1). It goes on as an address: browsers send our cookies along
 * with that, and not with a form of another site.
 */
async function postedRequests(app: FastifyInstance): Promise<void> {
  takeForms(app);
  app.post(`${PREFIX}/authorize`, OPEN, async ({ body }, reply) => {
    const query = String(body ?? '');
    if (query.length <= ADDRESS_LIMIT) return reply.redirect(`${PREFIX}/authorize?${query}`, 303);
    return reply.code(413).send({ error: 'invalid_request', error_description: 'the request is too long: push it' });
  });
}

async function interactionRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  const { runtime, ports } = parts;
  takeForms(app);
  app.setErrorHandler(async (error, request, reply) => {
    const expired = error instanceof errors.SessionNotFound;
    const { statusCode = 500 } = error as { statusCode?: number };
    const theirs = expired || error instanceof InvalidInput ? 400 : statusCode < 500 ? statusCode : null;
    if (theirs === null) runtime.log.error({ err: error, requestId: request.id }, 'an interaction page failed');
    const text = expired
      ? 'This sign-in has expired or belongs to another browser. Start again where you came from.'
      : 'Start again where you came from.';
    return reply
      .code(theirs ?? (isOutage(error) ? 503 : 500))
      .headers(pageHeaders())
      .send(page('This did not work', `<p>${text}</p>`));
  });

  async function visitOf(request: FastifyRequest, reply: FastifyReply) {
    assertPublicAddress(request, runtime.publicUrl);
    const provider = await ports.oidc.provider();
    const interaction = await provider.interactionDetails(request.raw, reply.raw);
    const { uid } = request.params as { uid: string };
    const client = await findClient(runtime.em(null), String(interaction.params.client_id));
    if (interaction.uid !== uid || client?.status !== 'APPROVED')
      throw new errors.SessionNotFound('interaction session not found');
    return { request, reply, provider, interaction, client };
  }

  app.get(`${PREFIX}/interaction/:uid`, OPEN, async (request, reply) =>
    showInteraction(parts, await visitOf(request, reply)),
  );
  app.post(`${PREFIX}/interaction/:uid/:step`, OPEN, async (request, reply) =>
    submitInteraction(parts, await visitOf(request, reply), (request.params as { step: string }).step),
  );
}

/** The OpenID Connect provider under `/oidc`, its discovery documents and its pages. */
export async function oidcRoutes(app: FastifyInstance, parts: Parts): Promise<void> {
  await app.register((scope) => providerRoutes(scope, parts.ports));
  await app.register(postedRequests);
  await app.register((scope) => interactionRoutes(scope, parts));
}
