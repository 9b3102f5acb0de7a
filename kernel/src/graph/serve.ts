import fastify, { type FastifyInstance } from 'fastify';
import type { EventEnvelope } from '../events/envelope.ts';
import type { Logger } from '../log/logger.ts';
import { metrics } from '../metrics/metrics.ts';
import { decodeRequestInfo } from '../request/context.ts';
import type { NonceStore } from '../request/nonces.ts';
import { CONTEXT_HEADER, deriveSubgraphKey, verifyRequest } from '../request/signature.ts';
import { EVENTS_PATH, KEY_ID } from './http-transport.ts';
import type { RunningSubgraph } from './running.ts';
import type { GraphRequest } from './transport.ts';

const BODY_LIMIT = 4 * 1024 * 1024;

/** Who may be asked, and by which key: requests are signed for one service. */
export interface SignedOptions {
  name: string;
  masterSecret: string;
  nonces: NonceStore;
  log: Logger;
}

export interface ServeOptions extends Omit<SignedOptions, 'name'> {
  subgraph: RunningSubgraph;
  /** Takes events that other services post here; it must not send them on. */
  receive(envelope: EventEnvelope): Promise<void>;
  /** Public routes of the subgraph, such as those of OpenID Connect; they are not signed. */
  routes(app: FastifyInstance): Promise<void>;
}

/** Closes a part of the server to everyone who does not sign; every refusal is the same 401. */
function closeToUnsigned(app: FastifyInstance, { name, masterSecret, nonces, log }: SignedOptions): void {
  const keys = new Map([[KEY_ID, deriveSubgraphKey(masterSecret, name)]]);
  // The signature covers the raw bytes, so nothing may parse them first.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('preHandler', async (request, reply) => {
    const { method, url, raw, host } = request;
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      await verifyRequest({
        method,
        authority: host,
        path: url,
        headers: raw.rawHeaders,
        rawBody,
        keys,
        now: new Date(),
        nonces,
      });
    } catch {
      metrics().signaturesRefused.inc({ subgraph: name });
      log.warn({ path: url }, 'an unsigned or wrongly signed request was refused');
      await reply.code(401).send({ errors: [{ message: 'Unauthorized' }] });
    }
  });
}

/** `POST /events` for other services, where there is no broker; whoever does not sign gets 401. */
export async function eventRoute(
  app: FastifyInstance,
  options: SignedOptions,
  receive: (envelope: EventEnvelope) => Promise<void>,
): Promise<void> {
  await app.register(async (signed) => {
    closeToUnsigned(signed, options);
    signed.post(EVENTS_PATH, async (request, reply) => {
      await receive(JSON.parse(String(request.body)) as EventEnvelope);
      return reply.code(204).send();
    });
  });
}

/**
 * The HTTP face of a subgraph process: `/graphql` and `/events` for signed requests only, beside the subgraph's public routes.
 * Documents come from the gateway's planner and from services, so there is no landing page here.
 */
export async function subgraphApp(options: ServeOptions): Promise<FastifyInstance> {
  const { subgraph } = options;
  const signedFor = { ...options, name: subgraph.name };
  const app = fastify({ logger: false, bodyLimit: BODY_LIMIT, keepAliveTimeout: 10_000, trustProxy: true });
  await app.register(async (signed) => {
    closeToUnsigned(signed, signedFor);
    signed.post('/graphql', async (request) => {
      const info = decodeRequestInfo(String(request.headers[CONTEXT_HEADER]));
      return subgraph.execute(JSON.parse(String(request.body)) as GraphRequest, info);
    });
  });
  await eventRoute(app, signedFor, options.receive);
  await app.register(async (open) => options.routes(open));
  return app;
}
