import type { Socket } from 'node:net';
import { RateLimited } from '@polity/kernel/graph/errors';
import { metrics } from '@polity/kernel/metrics/metrics';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from './rate-limit.ts';
import { refuse } from './refusals.ts';

/** Requests of one connection that were sent before the first of them was answered; browsers and most clients send one at a time. */
const PIPELINED = 16;
/** Bytes above which a body is large: those below are too small for their memory to matter. */
const LARGE = 64 * 1024;
/** Large bodies that come in at once, of one network and of all. Each may take a mebibyte for half a minute before anybody knows what it is. */
const LARGE_OF_NETWORK = 16;
const LARGE_IN_ALL = 128;

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

/** Bounds what clients have on its way to here: requests sent ahead on one connection, and memory of bodies that are not there yet. */
export function limitArrivals(app: FastifyInstance): void {
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
