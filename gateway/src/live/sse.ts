import { hash, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { AppError, RateLimited } from '@polity/kernel/graph/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHandler, type Request, type Response } from 'graphql-sse';
import { refuse } from '../refusals.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Where streams of events are (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md). */
export const STREAM_PATH = '/graphql/stream';

/** Streams that wait to be opened ("single connection mode"), and how long each may. */
const MAX_RESERVED = 2_000;
const RESERVED_MS = 10_000;
const EVENTS = 'text/event-stream';
const NOT_FOUND: Response = [null, { status: 404, statusText: 'Not Found' }];

/** Whoever sends a request, and what they are answered on. */
interface Peer {
  headers: IncomingHttpHeaders;
  address: string;
  host: string;
  /** Names the stream that the request is about; null for one of its own. */
  token: string | null;
  out: ServerResponse | null;
}

/** A stream that was asked for in advance. */
interface Reserved {
  /** Hash of the credentials that it was asked for with: nobody else may send operations to it. */
  owner: string;
  /** What it is written to, once it is opened. */
  out: ServerResponse | null;
}

const ownerOf = ({ headers: { cookie = '', authorization = '' } }: Peer) =>
  hash('sha256', `${authorization}\n${cookie}`);

function peerOf({ headers, ip: address, host, query }: FastifyRequest, { raw: out }: FastifyReply): Peer {
  const token = headers['x-graphql-event-stream-token'] ?? (query as { token?: unknown }).token;
  return { headers, address, host, token: typeof token === 'string' ? token : null, out };
}

/** Writes what the library answers; each event leaves before the next one is taken. */
async function write(reply: FastifyReply, [body, { status, statusText, headers }]: Response): Promise<void> {
  const { raw } = reply.hijack();
  raw.writeHead(status, statusText, { ...(reply.getHeaders() as Record<string, string>), ...headers });
  if (body === null || typeof body === 'string') return void raw.end(body ?? '');
  const stop = () => void body.return();
  raw.once('close', stop);
  for await (const event of body) {
    if (!raw.writable) break;
    await new Promise<void>((resolve) => raw.write(event, () => resolve()));
  }
  raw.off('close', stop).end();
}

function streamHandler(subscriptions: Subscriptions, reserved: Map<string, Reserved>) {
  const reservedFor = (peer: Peer) => {
    const found = reserved.get(peer.token ?? '');
    return found?.owner === ownerOf(peer) ? found : undefined;
  };
  return createHandler<Peer>({
    authenticate({ method, headers, raw: peer }) {
      if (method === 'PUT') {
        const token = randomUUID();
        reserved.set(token, { owner: ownerOf(peer), out: null });
        return token;
      }
      const { token, out } = peer;
      if (token === null) return null;
      const stream = reservedFor(peer);
      if (!stream) return NOT_FOUND;
      if (headers.get('accept') === EVENTS && stream.out === null) {
        stream.out = out;
        out?.once('close', () => reserved.delete(token));
      }
      return token;
    },
    async onSubscribe({ raw: peer }, params) {
      const { headers, address, host } = peer;
      const out = reservedFor(peer)?.out ?? peer.out;
      const isBehind = () => (out?.writableLength ?? 0) > 0;
      const opened = await subscriptions.open({ headers, address, host, transport: 'sse', isBehind }, params);
      // The library takes no result without data for one. Errors are in their public form already.
      return ('errors' in opened ? { data: null, ...opened } : opened) as never;
    },
  });
}

function requestOf(request: FastifyRequest, peer: Peer): Request<Peer> {
  const get = (key: string) => request.headers[key]?.toString();
  return {
    method: request.method,
    url: request.url,
    headers: { get },
    body: request.body as never,
    raw: peer,
    context: undefined,
  };
}

const ONE_EACH = new AppError('BAD_REQUEST', 'Each subscription needs a connection of its own here.');

/**
 * Subscriptions over Server-Sent Events: each in a connection of its own, or all of a client in one. The latter not where several processes take the
 * requests of one client: what is reserved at one of them is unknown to the others.
 */
export function sseRoutes(app: FastifyInstance, subscriptions: Subscriptions, workers: number): void {
  const reserved = new Map<string, Reserved>();
  const handle = streamHandler(subscriptions, reserved);

  /** The library keeps what was reserved until it was opened and closed. */
  async function giveUp(token: string, peer: Peer): Promise<void> {
    if (reserved.get(token)?.out !== null) return;
    const headers = { get: () => EVENTS };
    const raw = { ...peer, token, out: null };
    const [events] = await handle({ method: 'GET', url: '/', headers, body: null, raw, context: undefined });
    reserved.delete(token);
    if (events && typeof events !== 'string') await events.return();
  }

  app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE'],
    url: STREAM_PATH,
    async handler(request, reply) {
      if (workers > 1 && (request.method === 'PUT' || request.method === 'DELETE'))
        return refuse(reply.header('allow', 'GET, POST'), 405, ONE_EACH);
      if (request.method === 'PUT' && reserved.size >= MAX_RESERVED)
        return refuse(reply, 429, new RateLimited(RESERVED_MS / 1_000, 'Too many streams wait to be opened.'));
      const peer = peerOf(request, reply);
      const response = await handle(requestOf(request, peer));
      const [token, { status }] = response;
      if (status === 201) setTimeout(() => void giveUp(token as string, peer), RESERVED_MS).unref();
      await write(reply, response);
      return reply;
    },
  });
}
