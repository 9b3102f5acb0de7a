import type { Socket } from 'node:net';
import { RateLimited } from '@polity/kernel/graph/errors';
import type { Logger } from '@polity/kernel/log/logger';
import { metrics } from '@polity/kernel/metrics/metrics';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from './rate-limit.ts';
import { answerUnreadable, refuse } from './refusals.ts';

/** Requests of one connection that were sent before the first of them was answered; browsers and most clients send one at a time. */
const PIPELINED = 16;
/** Bytes above which a body is large: those below are too small for their memory to matter. */
const LARGE = 64 * 1024;
/** Large bodies that come in at once, of one network and of all. Each may take a mebibyte for half a minute before anybody knows what it is. */
const LARGE_OF_NETWORK = 16;
const LARGE_IN_ALL = 128;

/** Longest time in which a body must have arrived whole. */
const BODY_MS = 30_000;
/** Files take as long as their sender's line is slow, and are not kept in memory. */
const UPLOADS = '/uploads/:token';

interface Arriving {
  network: string;
  socket: Socket;
}

/** What is said of the size of a body; one that says nothing may be as large as any. */
function isLarge({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > LARGE;
}

function tooMany(reply: FastifyReply, what: string): FastifyReply {
  metrics().rateLimited.inc({ bucket: 'arriving' });
  // What follows on this connection is not read.
  return refuse(reply.header('connection', 'close').header('retry-after', 1), 429, new RateLimited(1, what));
}

/** Gives every body but an upload's half a minute to be there whole. */
function limitSlowBodies(app: FastifyInstance, log: Logger): void {
  const cut = answerUnreadable(log);
  const isTooSlow = () => Object.assign(new Error('a body came too slowly'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
  app.addHook('onRequest', ({ raw, headers, routeOptions }, _reply, goOn) => {
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
    if (!hasBody || routeOptions.url === UPLOADS) return goOn();
    const timer = setTimeout(() => {
      if (!raw.complete) cut(isTooSlow(), raw.socket);
    }, BODY_MS);
    timer.unref();
    raw.once('close', () => clearTimeout(timer));
    goOn();
  });
}

/** Bounds what clients have on its way to here: requests sent ahead on one connection, slow bodies, and memory of bodies that are not there yet. */
export function limitArrivals(app: FastifyInstance, log: Logger): void {
  limitSlowBodies(app, log);
  const underWay = new WeakMap<Socket, number>();
  const arriving = new Map<FastifyRequest, Arriving>();
  const ofNetwork = (network: string) => [...arriving.values()].filter((each) => each.network === network).length;

  function makeRoom(): void {
    const [oldest] = arriving;
    if (!oldest || arriving.size < LARGE_IN_ALL) return;
    // Whoever sends slowly is the oldest, so that slow senders cannot keep others out.
    arriving.delete(oldest[0]);
    oldest[1].socket.destroy();
  }

  app.addHook('onRequest', (request, reply, goOn) => {
    const { socket } = request.raw;
    const before = underWay.get(socket) ?? 0;
    underWay.set(socket, before + 1);
    const over = () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1);
    // Not before the event loop has seen to others: quick ones of one chunk would be answered one after the other, and never be many at once.
    reply.raw.once('close', () => setImmediate(over));
    if (before >= PIPELINED) return void tooMany(reply, 'Too many requests were sent before their answers.');
    if (!isLarge(request)) return goOn();
    const network = networkOf(request.ip);
    if (ofNetwork(network) >= LARGE_OF_NETWORK) return void tooMany(reply, 'Too many large requests are on their way.');
    makeRoom();
    arriving.set(request, { network, socket });
    reply.raw.once('close', () => arriving.delete(request));
    goOn();
  });
  app.addHook('preHandler', (request, _reply, goOn) => {
    arriving.delete(request);
    goOn();
  });
}
