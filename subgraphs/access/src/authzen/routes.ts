import { AppError } from '@polity/kernel/graph/errors';
import { isOutage } from '@polity/kernel/graph/outage';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../ports.ts';
import { callerOf, Refused } from './caller.ts';
import { evaluate, evaluateEach, type Question } from './decisions.ts';
import * as messages from './messages.ts';
import { searchActions, searchResources, searchSubjects } from './searches.ts';

type Answerer = (question: Question, body: unknown) => Promise<object>;

const PATHS = {
  access_evaluation_endpoint: '/access/v1/evaluation',
  access_evaluations_endpoint: '/access/v1/evaluations',
  search_subject_endpoint: '/access/v1/search/subject',
  search_resource_endpoint: '/access/v1/search/resource',
  search_action_endpoint: '/access/v1/search/action',
} as const;

async function evaluations(question: Question, body: unknown): Promise<object> {
  const asked = messages.read(messages.evaluations, body);
  // Section 7.1: without items, the request is the one of a single evaluation.
  if (!asked.evaluations?.length) return evaluate(question, messages.read(messages.evaluation, body));
  const { subject, action, resource, context } = body as Record<string, unknown>;
  const given = Object.entries({ subject, action, resource, context }).filter(([, value]) => value !== undefined);
  return { evaluations: await evaluateEach(question, Object.fromEntries(given), asked) };
}

const answerers: Record<string, Answerer> = {
  [PATHS.access_evaluation_endpoint]: (question, body) => evaluate(question, messages.read(messages.evaluation, body)),
  [PATHS.access_evaluations_endpoint]: evaluations,
  [PATHS.search_subject_endpoint]: (question, body) =>
    searchSubjects(question, messages.read(messages.subjectSearch, body)),
  [PATHS.search_resource_endpoint]: (question, body) =>
    searchResources(question, messages.read(messages.resourceSearch, body)),
  [PATHS.search_action_endpoint]: (question, body) =>
    searchActions(question, messages.read(messages.actionSearch, body)),
};

function bodyOf(request: FastifyRequest): unknown {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Refused(400, 'The content type must be application/json.');
  try {
    return JSON.parse(String(request.body ?? '')) as unknown;
  } catch {
    throw new Refused(400, 'The body is not JSON.');
  }
}

const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

const isBehind = (error: unknown) => error instanceof AppError && error.code === 'VERSION_NOT_REACHED';

/** Refusals say that nothing was decided: a denial is 200 with `decision` false. */
function refuse(reply: FastifyReply, runtime: Runtime, error: unknown): FastifyReply {
  if (error instanceof Refused) {
    if (error.status === 401) reply.header('www-authenticate', 'Bearer');
    return reply.code(error.status).send(JSON.stringify(error.message));
  }
  const away = isOutage(error) || isBehind(error);
  if (!away) runtime.log.error({ err: error }, 'an access evaluation failed');
  return reply.code(away ? 503 : 500).send(JSON.stringify(away ? 'Not available right now.' : 'Something went wrong.'));
}

/** OpenID AuthZEN Authorization API 1.0 for enforcement points outside the graph; subjects, resources and actions are users, scopes and codes. */
export async function authzenRoutes(app: FastifyInstance, runtime: Runtime, { decisions }: Ports): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    for (const [path, answer] of Object.entries(answerers)) {
      scope.post(path, async (request, reply) => {
        const asked = request.headers['x-request-id'];
        const echo = typeof asked === 'string' && REQUEST_ID.test(asked) ? asked : undefined;
        reply.header('content-type', 'application/json').header('cache-control', 'no-store');
        if (echo) reply.header('x-request-id', echo);
        try {
          const question = { runtime, decisions, requestId: echo ?? request.id };
          const caller = await callerOf(question, request.headers.authorization);
          return reply.send(await answer({ ...question, caller }, bodyOf(request)));
        } catch (error) {
          return refuse(reply, runtime, error);
        }
      });
    }
  });
  const metadata = Object.entries(PATHS).map(([name, path]) => [name, `${runtime.publicUrl}${path}`]);
  const discovery = { policy_decision_point: runtime.publicUrl, ...Object.fromEntries(metadata) };
  app.get('/.well-known/authzen-configuration', async (_request, reply) =>
    reply.header('cache-control', 'max-age=3600').send(discovery),
  );
}
