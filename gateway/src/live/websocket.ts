import type { Logger } from '@polity/kernel/log/logger';
import type { FastifyRequest } from 'fastify';
import { GraphQLError, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import type { ServerOptions, WebSocket } from 'ws';
import type { Stream } from './stream.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Messages are no longer than operations by POST; none is compressed, which would cost memory for each socket. */
export const SOCKET_OPTIONS = {
  maxPayload: 1024 * 1024,
  perMessageDeflate: false,
  handleProtocols,
} satisfies ServerOptions;

/** A socket that answers no ping for so long is dead. */
const PING_MS = 30_000;
/** How long a socket may take to say who it is. */
const INIT_MS = 10_000;

// The library wants a document and a schema of each operation; these say no more than that it is a subscription.
const ANY_SUBSCRIPTION = parse('subscription { any }');
const ANY_SCHEMA = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { any: { type: GraphQLString } } }),
});

interface Peer {
  request: FastifyRequest;
  socket: WebSocket;
}

/** Credentials may come with the first message, since pages cannot set headers of a socket. */
function headersOf(
  { headers }: FastifyRequest,
  params: Readonly<Record<string, unknown>> = {},
): FastifyRequest['headers'] {
  const sent = new Map(Object.entries(params).map(([name, value]) => [name.toLowerCase(), value]));
  const named = ['authorization', 'x-tenant'].flatMap((name) => {
    const value = sent.get(name);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { ...headers, ...Object.fromEntries(named) };
}

function protocolServer(subscriptions: Subscriptions) {
  return makeServer<Record<string, unknown>, Peer>({
    connectionInitWaitTimeout: INIT_MS,
    async onSubscribe({ extra: { request, socket }, connectionParams }, _id, payload) {
      const headers = headersOf(request, connectionParams);
      const { ip: address, host } = request;
      const isBehind = () => socket.bufferedAmount > 0;
      const opened = await subscriptions.open({ headers, address, host, transport: 'websocket', isBehind }, payload);
      if ('errors' in opened)
        return (opened.errors ?? []).map(({ message, extensions }) => new GraphQLError(message, { extensions }));
      return { schema: ANY_SCHEMA, document: ANY_SUBSCRIPTION, contextValue: opened };
    },
    subscribe: ({ contextValue }) => contextValue as Stream as never,
    // Errors are in their public form already.
    onNext: (_context, _id, _payload, _args, result) => result as never,
  });
}

/** Ends sockets whose other end is gone without a word. */
function keepAlive(socket: WebSocket): void {
  let alive = true;
  const timer = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, PING_MS);
  timer.unref();
  socket.on('pong', () => {
    alive = true;
  });
  socket.once('close', () => clearInterval(timer));
}

/** Serves subscriptions over a WebSocket (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md). */
export function socketHandler(subscriptions: Subscriptions, log: Logger) {
  const protocol = protocolServer(subscriptions);
  return (socket: WebSocket, request: FastifyRequest): void => {
    keepAlive(socket);
    const ended = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => new Promise((resolve) => socket.send(data, () => resolve())),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) =>
          void socket.on('message', (data) => {
            take(String(data)).catch((error: unknown) => {
              log.error({ err: error, requestId: request.id }, 'a message over a socket could not be handled');
              socket.close(CloseCode.InternalServerError, 'Something went wrong on our side.');
            });
          }),
      },
      { request, socket },
    );
    socket.once('close', (code, reason) => void ended(code, String(reason)));
  };
}
