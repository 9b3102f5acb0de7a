import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import compress from '@fastify/compress';
import websocket from '@fastify/websocket';
import { MAX_ID } from '@polity/kernel/document/document-id';
import { ARRIVES_SECONDS } from '@polity/kernel/files/arrived';
import { AppError, Forbidden } from '@polity/kernel/graph/errors';
import { answerNotes, tellAnswers } from '@polity/kernel/http/answers';
import { acceptQuickly } from '@polity/kernel/http/listen';
import { requestIdOf } from '@polity/kernel/http/request-id';
import type { ServiceClient } from '@polity/kernel/service/client';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { limitArrivals } from './arrivals.ts';
import type { GatewayConfig } from './config.ts';
import { limitConnections } from './connections.ts';
import type { Carrier } from './context.ts';
import { allowOrigins } from './cors.ts';
import { admittedAs, holdsItsPlace, limitEveryRoute } from './front.ts';
import { graphiqlRoutes } from './graphiql.ts';
import { STREAM_PATH, sseRoutes } from './live/sse.ts';
import type { Subscriptions } from './live/subscriptions.ts';
import { SOCKET_OPTIONS, socketHandler } from './live/websocket.ts';
import { accountPages } from './pages/routes.ts';
import { unlessKnown } from './persisted/caching.ts';
import type { PersistedOperations } from './persisted/persisted-operations.ts';
import type { QuickEntry } from './quick.ts';
import { answerErrors, answerUnreadable, answerUnroutable, refuse } from './refusals.ts';
import { contextOf, type GatewayRuntime } from './request.ts';
import { tellProvider } from './signed-in.ts';
import type { Supergraph } from './supergraph.ts';
import { requestUnderWay } from './under-way.ts';
import type { UploadPorts } from './uploads/ports.ts';
import { receiveUploads } from './uploads/receive.ts';
import { serveFiles } from './uploads/serve.ts';

/** One mebibyte: the largest request body taken. */
const BODY_LIMIT = 1024 * 1024;
/** Above the idle timeouts of common proxies, so that they, not we, end idle connections. */
const KEEP_ALIVE_MS = 75_000;
/** Longest time in which an upload must have arrived whole; all else has less (`arrivals.ts`). */
const REQUEST_MS = ARRIVES_SECONDS * 1_000;
/** Longest time in which the headers must have arrived, and how often that is looked at: by default Node takes a minute for both. */
const HEADERS_MS = 10_000;
const LOOK_MS = 1_000;
/** Bytes from which packing an answer saves more than it costs. */
const PACKED_FROM = 4_096;
/** Where the graph is asked; an id in the path names a published operation. */
const GRAPHQL = ['/graphql', '/graphql/:id'];
const YEAR_SECONDS = 365 * 24 * 3600;

export interface HttpOptions extends GatewayConfig {
  api: ApolloServer<Carrier>;
  /** Answers what need not go through `api`. */
  quick: QuickEntry;
  /** Knows what clients mean by ids of operations, and what they may send. */
  persisted: PersistedOperations;
  runtime: GatewayRuntime;
  uploads: UploadPorts;
  subscriptions: Subscriptions;
  graph: Pick<Supergraph, 'served'>;
  /** Demo accounts to offer on the page; none in production. */
  demoAccounts: boolean;
  /** Signs the forms of the pages; the same in every gateway. */
  formKey: Buffer;
  /** Seals what the OpenID Connect provider is told of who is signed in. */
  signedInKey: Buffer;
  /** Calls of the pages to other services. */
  services(tenantId: string | null): ServiceClient;
  /** Routes of subgraphs that live in this process. */
  routes(app: FastifyInstance): Promise<void>;
}

/** A cookie request of an origin that is not listed is refused; Apollo's preflight rule alone would let requests of sibling hosts through. */
function isForeign(
  { headers }: FastifyRequest,
  { cookie, publicHost }: GatewayRuntime,
  allowed: ReadonlySet<string>,
): boolean {
  const { origin } = headers;
  if (!headers.cookie || (origin && allowed.has(origin))) return false;
  if (headers['sec-fetch-site'] === 'cross-site') return true;
  if (!origin) return false;
  const scheme = cookie.secure ? 'https' : 'http';
  // With its scheme: whoever can change what travels over plain http is not the site that people reach over https.
  return ![headers.host, publicHost].some((host) => host && URL.parse(`${scheme}://${host}`)?.origin === origin);
}

/** Proxies differ in which of two they believe, so that two would be two different requests (RFC 9112 section 3.2). */
function oneHostOnly(app: FastifyInstance): void {
  app.addHook('onRequest', ({ raw: { rawHeaders } }, reply, goOn) => {
    const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
    if (hosts.length <= 1) return goOn();
    refuse(reply, 400, new AppError('BAD_REQUEST', 'The request names two hosts.'));
  });
}

/**
 * Whether a query by GET needs no header as a proof that no form or link of others sent it: a page of our own did, which browsers say
 * themselves and no page can, or it carries no cookie, so that whoever sent it could as well ask alone.
 */
const needsNoProof = ({ method, headers }: FastifyRequest) =>
  method === 'GET' && (headers['sec-fetch-site'] === 'same-origin' || headers.cookie === undefined);

/** Documents and variables are Unicode as UTF-8 (RFC 8259 section 8.1); text in any other encoding would be read as something else. */
const isOtherCharset = ({ headers }: FastifyRequest) =>
  /;\s*charset\s*=\s*"?(?!utf-?8"?\s*(?:;|$))/i.test(headers['content-type']?.slice(0, 200) ?? '');

/** What comes packed can be a thousand times as large as it looks. */
const isPacked = ({ headers }: FastifyRequest) => (headers['content-encoding'] ?? 'identity') !== 'identity';

const NOT_PLAIN_TEXT = new AppError('BAD_REQUEST', 'Only UTF-8 is read, and nothing that is compressed.');
const WRONG_METHOD = new AppError('BAD_REQUEST', 'The graph takes GET and POST only.');

/** The context of each request, worked out once however often it is asked for. */
function carriers(runtime: GatewayRuntime): (request: FastifyRequest) => Promise<Carrier> {
  const made = new WeakMap<FastifyRequest, Promise<Carrier>>();
  const make = async (request: FastifyRequest): Promise<Carrier> => {
    const { headers, ip: address, host, method, url: path, id: requestId } = request;
    const notes = answerNotes(request);
    const caller = { headers, address, host, method, path, requestId, notes, admitted: admittedAs(request) };
    return { operation: await contextOf(runtime, caller) };
  };
  return (request) => {
    const carrier = made.get(request) ?? make(request);
    made.set(request, carrier);
    return carrier;
  };
}

function graphqlRoute(app: FastifyInstance, options: HttpOptions): void {
  const { api, quick, persisted, runtime, subscriptions, graph } = options;
  const carrierOf = carriers(runtime);
  const handler = fastifyApolloHandler(api, { context: carrierOf });

  async function quickly(request: FastifyRequest, reply: FastifyReply): Promise<string | null> {
    const carrier = await carrierOf(request).catch(() => null);
    const plain = carrier && quick.plain(request, carrier.operation.read?.reading ?? null);
    return plain && quick.answer(plain, carrier, reply);
  }

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const refusal = await persisted.prepare(request, reply, () => carrierOf(request));
    if (refusal) return refusal;
    const quickAnswer = await quickly(request, reply);
    if (quickAnswer !== null) return quickAnswer;
    if (needsNoProof(request)) request.headers['apollo-require-preflight'] = '1';
    const underWay = { id: request.id, notes: answerNotes(request) };
    const slow = await requestUnderWay.run(underWay, async () => handler.call(app, request, reply));
    quick.learn(request, reply);
    if (request.method !== 'GET') return slow;
    const carrier = await carrierOf(request).catch(() => null);
    return carrier ? unlessKnown(request, reply, slow, carrier.operation, graph.served().caching) : slow;
  }

  const handle = (request: FastifyRequest, reply: FastifyReply) => holdsItsPlace(request, answer(request, reply));
  for (const url of GRAPHQL) {
    app.route({
      method: ['PUT', 'PATCH', 'DELETE'],
      url,
      handler: (_request, reply) => refuse(reply.header('allow', 'GET, POST'), 405, WRONG_METHOD),
    });
    app.route({ method: 'POST', url, compress: {}, handler: handle });
  }
  app.route({ method: 'GET', url: '/graphql/:id', compress: {}, handler: handle });
  sseRoutes(app, subscriptions, options.workers);
  const wsHandler = socketHandler(subscriptions, runtime.log);
  app.route({ method: 'GET', url: '/graphql', compress: {}, handler: handle, wsHandler });
}

/** Before anything is done for a request of the graph, however it is answered. */
function refuseStrangers(app: FastifyInstance, { runtime, allowedOrigins }: HttpOptions): void {
  app.addHook('preValidation', async (request, reply) => {
    if (!request.routeOptions.url?.startsWith('/graphql')) return;
    if (isOtherCharset(request) || isPacked(request)) return refuse(reply, 415, NOT_PLAIN_TEXT);
    if (isForeign(request, runtime, allowedOrigins))
      return refuse(reply, 403, new Forbidden('Requests from other sites are refused.'));
  });
}

/**
 * Sockets for those who ask for one, with every limit in front that other requests have. Node leaves a connection alone once its client asked
 * for that, so one that was refused is ended here. All end when the server closes.
 */
async function upgrades(app: FastifyInstance, subscriptions: Subscriptions): Promise<void> {
  await app.register(websocket, {
    options: SOCKET_OPTIONS,
    errorHandler: (_error, socket) => socket.terminate(),
    async preClose() {
      await subscriptions.close();
      for (const socket of app.websocketServer.clients) socket.close(1001, 'Going away');
      app.websocketServer.close();
    },
  });
  app.addHook('onRequest', (request, { raw }, goOn) => {
    if (request.ws) raw.once('finish', () => request.raw.socket.destroySoon());
    goOn();
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
  app.addHook('onRequest', (_request, reply, goOn) => {
    active++;
    reply.raw.once('close', () => {
      active--;
      endWhenQuiet();
    });
    goOn();
  });
  app.addHook('preClose', async () => {
    closing = true;
    endWhenQuiet();
  });
}

/** On the raw response and before any route, so that a route's own header wins, and answers past Fastify have them too. */
function securityHeaders(app: FastifyInstance, secure: boolean): void {
  app.addHook('onRequest', (_request, { raw }, goOn) => {
    raw.setHeader('x-content-type-options', 'nosniff');
    raw.setHeader('referrer-policy', 'no-referrer');
    if (secure) raw.setHeader('strict-transport-security', `max-age=${YEAR_SECONDS}`);
    goOn();
  });
}

/** For routes that ask for it. What comes in packed is not unpacked. */
async function packAnswers(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    global: false,
    globalDecompression: false,
    encodings: ['br', 'gzip'],
    threshold: PACKED_FROM,
  });
}

/** The HTTP face of the gateway; not listening yet. */
export async function httpApp(options: HttpOptions): Promise<FastifyInstance> {
  const { runtime, trustedProxies } = options;
  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    forceCloseConnections: 'idle',
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_MS,
    routerOptions: { maxParamLength: MAX_ID },
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: LOOK_MS },
    clientErrorHandler: answerUnreadable(runtime.log),
    frameworkErrors: answerUnroutable(runtime.log),
    genReqId: ({ headers }) => requestIdOf(headers),
  });
  acceptQuickly(app);
  tellAnswers(app, runtime.log);
  securityHeaders(app, runtime.cookie.secure);
  await upgrades(app, options.subscriptions);
  const onGraph = Object.fromEntries(GRAPHQL.map((path) => [path, 'GET, POST']));
  allowOrigins(
    app,
    { ...onGraph, [STREAM_PATH]: 'GET, POST, PUT, DELETE', '/uploads/:token': 'PUT' },
    options.allowedOrigins,
  );
  if (trustedProxies.length === 0) limitConnections(app);
  endConnectionsOnClose(app);
  answerErrors(app, runtime.log);
  oneHostOnly(app);
  limitArrivals(app, runtime.log);
  limitEveryRoute(app, runtime, options.maxInFlight);
  refuseStrangers(app, options);
  await packAnswers(app);
  graphqlRoute(app, options);
  receiveUploads(app, options.uploads);
  serveFiles(app, options.uploads);
  if (options.graphiql) await graphiqlRoutes(app, options.demoAccounts);
  await accountPages(app, options);
  tellProvider(app, runtime, options.signedInKey);
  await options.routes(app);
  return app;
}
