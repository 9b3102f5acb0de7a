import type { Reading } from '@polity/kernel/document/read';
import { turnTo } from '@polity/kernel/ops/loop-watch';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DocumentNode, getOperationAST, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { COST_HEADER, headersOf, MAX_NAME, noteAnswer, PLAN_HEADER } from './answer.ts';
import type { Carrier } from './context.ts';
import type { Execute } from './shield/guarded.ts';

/** `accept` headers whose type is kept, and characters of one; clients choose both. */
const MAX_ACCEPTS = 100;
const MAX_ACCEPT = 300;
const JSON_TYPES = new Set(['application/json', 'application/json; charset=utf-8', 'application/json;charset=UTF-8']);

/** An operation that came before, sent by POST and without anything that has a meaning of its own. */
interface PlainOperation {
  document: DocumentNode;
  queryHash: string;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown> | undefined;
  contentType: string;
}

/**
 * Answers repeated operations as Apollo Server does, to the byte, without having it parse, hash, negotiate and copy for each. Everything
 * that is not plain stays with Apollo Server: what comes for the first time, errors, GET, extensions.
 */
export interface QuickEntry {
  /** Null for a request that Apollo Server must answer. `read` is its document, where that is known. */
  plain(request: FastifyRequest, read: Reading | null): PlainOperation | null;
  /** Runs the operation; null where there are errors, which Apollo Server then tells without running it again. */
  answer(plain: PlainOperation, carrier: Carrier, reply: FastifyReply): Promise<string | null>;
  /** Notes which type Apollo Server chose for an `accept` header. */
  learn(request: FastifyRequest, reply: FastifyReply): void;
}

interface Body {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isPlainBody(body: unknown): body is Body {
  if (!isRecord(body)) return false;
  const { query, operationName, variables, extensions } = body;
  return (
    typeof query === 'string' &&
    (typeof operationName === 'string' || operationName === undefined || operationName === null) &&
    (isRecord(variables) || variables === undefined || variables === null) &&
    (extensions === undefined || extensions === null)
  );
}

async function run(execute: Execute, plain: PlainOperation, carrier: Carrier) {
  const { document, queryHash, operation, variables } = plain;
  const context = carrier.operation;
  const { requestId } = context.request;
  turnTo({ step: 'execute', requestId, operation: operation.name?.value.slice(0, MAX_NAME) });
  const request = { variables };
  context.startedAt = performance.now();
  context.ran = execute({ document, queryHash, operation, request, context: carrier } as never);
  const result = await context.ran.catch(() => null);
  turnTo({ step: 'answer', requestId });
  return result && result.errors === undefined ? result : null;
}

export function quickEntry(execute: Execute, known: (text: string) => Reading | undefined): QuickEntry {
  const types = new LRUCache<string, string>({ max: MAX_ACCEPTS });
  return {
    plain({ method, headers, body }, read) {
      if (
        method !== 'POST' ||
        !JSON_TYPES.has(headers['content-type'] ?? '') ||
        COST_HEADER in headers ||
        PLAN_HEADER in headers
      )
        return null;
      const contentType = types.get(headers.accept ?? '');
      if (!contentType || !isPlainBody(body)) return null;
      const reading = read ?? known(body.query);
      if (!reading || !('document' in reading)) return null;
      const { document, hash: queryHash } = reading;
      const operation = getOperationAST(document, body.operationName);
      if (!operation) return null;
      return { document, queryHash, operation, variables: body.variables ?? undefined, contentType };
    },
    async answer(plain, carrier, reply) {
      const result = await run(execute, plain, carrier);
      if (!result) return null;
      const context = carrier.operation;
      for (const [name, value] of headersOf(context)) reply.header(name, value);
      reply.header('content-type', plain.contentType);
      noteAnswer(context, plain.operation, 'ok', []);
      return `{"data":${result.data}}\n`;
    },
    learn({ method, headers: { accept = '' } }, reply) {
      const type = reply.getHeader('content-type');
      if (method === 'POST' && reply.statusCode === 200 && typeof type === 'string' && accept.length <= MAX_ACCEPT)
        types.set(accept, type);
    },
  };
}
