import fastify, { type FastifyInstance } from 'fastify';
import { answeringBy } from '../db/lending.ts';
import type { EventEnvelope } from '../events/envelope.ts';
import { tellAnswers } from '../http/answers.ts';
import { requestIdOf } from '../http/request-id.ts';
import type { Logger } from '../log/logger.ts';
import { metrics } from '../metrics/metrics.ts';
import { decodeRequestInfo } from '../request/context.ts';
import type { NonceStore } from '../request/nonces.ts';
import {
  CONTEXT_HEADER,
  deriveSubgraphKey,
  type RefusalReason,
  SignatureRefused,
  verifyRequest,
} from '../request/signature.ts';
import { EVENTS_PATH, KEY_ID } from './http-transport.ts';
import type { RunningSubgraph } from './running.ts';
import { type GraphRequest, patience } from './transport.ts';

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

/** What an operator reads; where clocks differ, nothing else does, for the signature holds. */
const REFUSALS: Record<RefusalReason, string> = {
  malformed: 'an unsigned request was refused',
  key: 'a request signed with an unknown key was refused',
  signature: 'a wrongly signed request was refused: is POLITY_SECRET the same everywhere?',
  digest: 'a request was refused: its body is not the one that was signed',
  time: 'a request was refused for its time: the clocks of the two machines differ, or it was held up for half a minute',
  replay: 'a request that came a second time was refused',
};

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
      const skewSeconds = await verifyRequest({
        method,
        authority: host,
        path: url,
        headers: raw.rawHeaders,
        rawBody,
        keys,
        now: new Date(),
        nonces,
      });
      metrics().clockSkew.set({ subgraph: name }, skewSeconds);
    } catch (error) {
      // What else goes wrong here is ours, and no word about the sender: it must raise no alarm about signatures.
      if (!(error instanceof SignatureRefused)) throw error;
      const { reason, skewSeconds } = error;
      metrics().signaturesRefused.inc({ subgraph: name, reason });
      log.warn({ path: url, requestId: request.id, reason, skewSeconds }, REFUSALS[reason]);
      await reply.code(401).send({ errors: [{ message: 'Unauthorized' }] });
    }
  });
}

/** Routes for those who hold the secret of the installation; whoever does not sign gets 401. Bodies are bytes. */
export async function signedRoutes(
  app: FastifyInstance,
  options: SignedOptions,
  add: (signed: FastifyInstance) => void,
): Promise<void> {
  await app.register(async (signed) => {
    closeToUnsigned(signed, options);
    add(signed);
  });
}

/** `POST /events` for other services, where there is no broker; whoever does not sign gets 401. */
export function eventRoute(
  app: FastifyInstance,
  options: SignedOptions,
  receive: (envelope: EventEnvelope) => Promise<void>,
): Promise<void> {
  return signedRoutes(app, options, (signed) => {
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
  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    keepAliveTimeout: 10_000,
    trustProxy: true,
    genReqId: ({ headers }) => requestIdOf(headers),
  });
  tellAnswers(app, options.log);
  await signedRoutes(app, signedFor, (signed) => {
    signed.post('/graphql', async (request) => {
      const info = decodeRequestInfo(String(request.headers[CONTEXT_HEADER]));
      const nowMs = Date.now();
      return answeringBy(nowMs + patience(info, nowMs), () =>
        subgraph.execute(JSON.parse(String(request.body)) as GraphRequest, info),
      );
    });
  });
  await eventRoute(app, signedFor, options.receive);
  await app.register(async (open) => options.routes(open));
  return app;
}
