import fastify, { type FastifyInstance } from 'fastify';
import type { EventEnvelope } from '../events/envelope.ts';
import type { Bus } from '../events/bus.ts';
import type { Logger } from '../log/logger.ts';
import { decodeRequestInfo } from '../request/context.ts';
import type { NonceStore } from '../request/nonces.ts';
import { deriveSubgraphKey, verifyRequest } from '../request/signature.ts';
import type { RunningSubgraph } from './running.ts';
import type { GraphRequest } from './transport.ts';

const BODY_LIMIT = 4 * 1024 * 1024;
const KEY_ID = 'polity-1';

/** Path that takes one event of another service, where there is no broker. */
export const EVENTS_PATH = '/events';

export interface ServeOptions {
  subgraph: RunningSubgraph;
  masterSecret: string;
  nonces: NonceStore;
  log: Logger;
  /** Takes events that other services post here. */
  bus: Bus;
}

/**
 * The HTTP face of a subgraph process: `/graphql` and `/events` for signed requests only; every refusal is the same 401.
 * Documents come from the gateway's planner and from services, so there is no introspection and no landing page here.
 */
export async function subgraphApp(options: ServeOptions): Promise<FastifyInstance> {
  const { subgraph, masterSecret, nonces, log, bus } = options;
  const keys = new Map([[KEY_ID, deriveSubgraphKey(masterSecret, subgraph.name)]]);
  const app = fastify({ logger: false, bodyLimit: BODY_LIMIT, keepAliveTimeout: 10_000 });
  // The signature covers the raw bytes, so nothing may parse them first.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.config && (request.routeOptions.config as { open?: boolean }).open) return;
    const { method, url, raw } = request;
    try {
      await verifyRequest({ method, authority: request.host, path: url, rawHeaders: raw.rawHeaders, rawBody: (request.body as Buffer | undefined) ?? Buffer.alloc(0), keys, now: new Date(), nonces });
    } catch {
      log.warn({ path: url }, 'an unsigned or wrongly signed request was refused');
      await reply.code(401).send({ errors: [{ message: 'Unauthorized' }] });
    }
  });

  app.post('/graphql', async (request) => {
    const info = decodeRequestInfo(String(request.headers['x-polity-context']));
    return subgraph.execute(JSON.parse(String(request.body)) as GraphRequest, info);
  });
  app.post(EVENTS_PATH, async (request, reply) => {
    await bus.publish(JSON.parse(String(request.body)) as EventEnvelope);
    return reply.code(204).send();
  });
  return app;
}
