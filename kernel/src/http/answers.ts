import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../log/logger.ts';
import { metrics } from '../metrics/metrics.ts';
import { turnTo, watchLoop } from '../ops/loop-watch.ts';

/** What is known of a request beyond its answer, for the one line that the log gets of it. */
export interface AnswerNotes {
  /** The logger that knows tenant and viewer, once they are known. */
  log?: Logger;
  /** `operation` for GraphQL operations that were read. */
  message?: string;
  /** Code of the error that the whole request was refused with. */
  code?: string;
  fields?: Record<string, unknown>;
}

const noted = new WeakMap<FastifyRequest, AnswerNotes>();

/** Notes of a request under way; whoever learns something puts it in. */
export function answerNotes(request: FastifyRequest): AnswerNotes {
  let notes = noted.get(request);
  if (!notes) noted.set(request, (notes = {}));
  return notes;
}

/** First part of the route's path, so that there are few of them whatever clients ask for. */
function routeClass({ routeOptions }: FastifyRequest): string {
  const { url } = routeOptions;
  return url === undefined ? 'none' : (url.split('/')[1] ?? '').replace(/[:*].*$/, '') || 'root';
}

const OUTCOMES: Readonly<Record<number, string>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  410: 'gone',
  413: 'too_large',
  415: 'unsupported',
  429: 'limited',
  503: 'unavailable',
};

function outcomeOf(status: number, finished: boolean, code: string | undefined): string {
  if (!finished) return 'aborted';
  if (code === 'OVERLOADED') return 'shed';
  if (status < 400) return 'ok';
  return OUTCOMES[status] ?? (status < 500 ? 'bad_request' : 'failed');
}

function tell(request: FastifyRequest, reply: FastifyReply, startedAt: number, log: Logger): void {
  const { raw } = reply;
  const { fields, code, message = 'answer', log: knowing } = answerNotes(request);
  const route = routeClass(request);
  const outcome = outcomeOf(raw.statusCode, raw.writableFinished, code);
  metrics().httpAnswers.inc({ route, outcome });
  const to = knowing ?? log;
  // A flood of refusals must not pay for lines that nobody gets.
  if (!to.isLevelEnabled('info')) return;
  const line = {
    // What the answer says, also where a route chose by itself; the logger that knows the viewer knows it, too.
    ...(!knowing && { requestId: String(raw.getHeader('x-request-id')) }),
    method: request.method,
    route,
    status: raw.statusCode,
    outcome,
    // `code` by itself is what one-time codes are called, and redacted.
    ...(code && !fields && { codes: [code] }),
    // Fastify measures time only where it writes the log itself.
    ms: Math.round(performance.now() - startedAt),
    ...fields,
  };
  to.info(line, message);
}

/**
 * The one place in which every answer of a server is counted and logged, whichever route or refusal it came from, under the request id
 * that the answer carries. The server is made with `genReqId: ({ headers }) => requestIdOf(headers)`, and this comes before other hooks.
 */
export function tellAnswers(app: FastifyInstance, log: Logger): void {
  const stop = watchLoop(log);
  app.addHook('onClose', async () => stop());
  app.addHook('onRequest', (request, reply, goOn) => {
    const startedAt = performance.now();
    // On the raw response, because some routes answer past Fastify.
    reply.raw.setHeader('x-request-id', request.id);
    turnTo({ step: 'read', requestId: request.id });
    // `onResponse` does not come for clients that went away before their answer.
    reply.raw.once('close', () => tell(request, reply, startedAt, log));
    goOn();
  });
  app.addHook('preHandler', (request, _reply, goOn) => {
    turnTo({ step: 'handle', requestId: request.id });
    goOn();
  });
  app.addHook('onSend', (request, _reply, _payload, goOn) => {
    turnTo({ step: 'send', requestId: request.id });
    goOn();
  });
}
