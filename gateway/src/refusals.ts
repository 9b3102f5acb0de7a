import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { AppError } from '@polity/kernel/graph/errors';
import { answerNotes } from '@polity/kernel/http/answers';
import type { Logger } from '@polity/kernel/log/logger';
import { metrics } from '@polity/kernel/metrics/metrics';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

function bodyOf({ message, code, details }: AppError, requestId: string) {
  const extensions = { code, requestId, ...(Object.keys(details).length > 0 ? { details } : {}) };
  return { errors: [{ message, extensions }] };
}

/** Answers with an error in the form that every answer has. */
export function refuse(reply: FastifyReply, status: number, error: AppError): FastifyReply {
  answerNotes(reply.request).code = error.code;
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(bodyOf(error, reply.request.id));
}

/**
 * The same answer, written past Fastify: whoever sends more than can be served gets thousands of them a second, and what they cost is
 * taken from those who are served. The hook that calls it must not go on.
 */
export function refuseQuickly(reply: FastifyReply, status: number, error: AppError): void {
  answerNotes(reply.request).code = error.code;
  const body = JSON.stringify(bodyOf(error, reply.request.id));
  reply.hijack();
  reply.raw.writeHead(status, {
    ...(reply.getHeaders() as Record<string, string>),
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  reply.raw.end(body);
}

const UNREADABLE = new AppError('BAD_REQUEST', 'The request cannot be read.');

/** Errors of the HTTP layer in the form of every other answer; nothing of what went wrong inside. */
export function answerErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? (error.code === 'ERR_INVALID_URL' ? 400 : 500);
    if (status < 500) return refuse(reply, status, UNREADABLE);
    log.error({ err: error, path: request.routeOptions.url, requestId: request.id }, 'a request failed');
    return refuse(reply, 500, new AppError('INTERNAL_ERROR', 'Something went wrong on our side.'));
  });
  app.setNotFoundHandler((_request, reply) => refuse(reply, 404, new AppError('NOT_FOUND', 'There is nothing here.')));
}

/** Answers what Fastify refuses before it looks for a route, without saying again what was sent; hooks never hear of it. */
export function answerUnroutable(log: Logger) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const { statusCode: status = 400, code } = error;
    metrics().httpAnswers.inc({ route: 'none', outcome: 'unreadable' });
    log.info({ requestId: request.id, route: 'none', status, outcome: 'unreadable', why: code }, 'answer');
    refuse(reply.header('x-request-id', request.id), status, UNREADABLE);
  };
}

const STATUS_OF: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers what Node's parser refuses, of which Fastify never hears: too slow, too long, or not HTTP at all. */
export function answerUnreadable(log: Logger) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = STATUS_OF[error.code ?? ''] ?? '400 Bad Request';
    const requestId = randomUUID();
    const body = JSON.stringify(bodyOf(UNREADABLE, requestId));
    const head = [
      `HTTP/1.1 ${status}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      'cache-control: no-store',
      'connection: close',
    ];
    metrics().httpAnswers.inc({ route: 'none', outcome: 'unreadable' });
    log.info({ requestId, status: Number(status.slice(0, 3)), outcome: 'unreadable', why: error.code }, 'answer');
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  };
}
