import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { AppError, SubgraphUnavailable } from '@polity/kernel/graph/errors';
import type { GraphReply, GraphRequest, Transport } from '@polity/kernel/graph/transport';
import { metrics } from '@polity/kernel/metrics/metrics';
import { mergeNotes } from '@polity/kernel/service/client';
import { type DocumentNode, type GraphQLError, type GraphQLFormattedError, getOperationAST } from 'graphql';
import type { Carrier, GatewayContext } from './context.ts';
import { oneByOne, together } from './one-by-one.ts';

type ProcessOptions = GraphQLDataSourceProcessOptions<Carrier>;

/** Only this subgraph may start or end sessions (design section 6). */
const SESSION_AUTHORITY = 'identity';
/** Entities that get an error of their own when their subgraph does not answer; the others share the last one. */
const MAX_ENTITY_ERRORS = 20;

/**
 * A gateway data source over any transport: hands over the parsed document, collects stamps, and turns a missing
 * answer into one coded error per field that misses it, so that siblings survive.
 */
export function transportDataSource(name: string, transport: Transport): GraphQLDataSource<Carrier> {
  return {
    async process(options: ProcessOptions) {
      const context = (options.context as Carrier).operation;
      const request = requestOf(options);
      const parts = name === SESSION_AUTHORITY ? oneByOne(request) : null;
      const reply = parts
        ? await inTurn(name, transport, context, parts)
        : await fetchFrom(name, transport, context, request);
      // Responses of the in-process transport are shared with nobody, and the gateway writes into them.
      return { data: reply.data ?? null, ...(reply.errors ? { errors: reply.errors as never } : {}) };
    },
  };
}

async function fetchFrom(
  name: string,
  transport: Transport,
  context: GatewayContext,
  request: GraphRequest,
): Promise<GraphReply> {
  const denied = await deniedNow(context, request);
  if (denied) return { data: null, errors: denied };
  context.fetches[name] = (context.fetches[name] ?? 0) + 1;
  const stopTimer = metrics().subgraphDuration.startTimer({ subgraph: name });
  let outcome = 'answered';
  const reply = await transport.execute(name, request, context.request).catch((error: unknown): GraphReply => {
    outcome = 'unavailable';
    context.log.warn({ err: error, subgraph: name }, 'a subgraph did not answer');
    return { data: null, errors: unavailable(name, request) };
  });
  stopTimer();
  metrics().subgraphRequests.inc({ subgraph: name, outcome });
  await take(context, name, reply);
  return reply;
}

/** Errors of the fields of a mutation that whoever the viewer has become may not run; null where nothing changed. */
async function deniedNow(
  context: GatewayContext,
  { document }: GraphRequest,
): Promise<readonly GraphQLFormattedError[] | null> {
  if (!document || getOperationAST(document)?.operation !== 'mutation') return null;
  if (context.judgedFor !== context.viewer) context.verdict = (await context.judgeAgain?.()) ?? null;
  const { verdict } = context;
  if (!verdict) return null;
  const keys = rootKeysOf(document);
  const [first] = keys.flatMap((key) => verdict.get(key) ?? []);
  if (!first) return null;
  return keys.map((key) => ({ ...formatted(verdict.get(key) ?? first), path: [key] }));
}

function formatted({ message, originalError }: GraphQLError): GraphQLFormattedError {
  const { code = 'FORBIDDEN', details = {} } = originalError instanceof AppError ? originalError : {};
  return { message, extensions: { code, ...(Object.keys(details).length > 0 ? { details } : {}) } };
}

/** Each field of a mutation may begin or end a session, and the fields after it must run as whoever the viewer is by then. */
async function inTurn(
  name: string,
  transport: Transport,
  context: GatewayContext,
  parts: readonly GraphRequest[],
): Promise<GraphReply> {
  const replies: GraphReply[] = [];
  for (const part of parts) replies.push(await fetchFrom(name, transport, context, part));
  return together(replies);
}

function requestOf(options: ProcessOptions): GraphRequest {
  const document = 'document' in options ? options.document : undefined;
  const { query = '', variables, operationName } = options.request;
  return {
    query,
    ...(document ? { document } : {}),
    ...(variables ? { variables } : {}),
    ...(operationName ? { operationName } : {}),
  };
}

/** Takes what the subgraph noted for the gateway: fresher stamps from all of them, sessions from one. */
async function take(context: GatewayContext, name: string, { notes }: GraphReply): Promise<void> {
  if (!notes) return;
  mergeNotes(context.notes, notes);
  if (notes.stamp) context.adopt({ ...context.request, stamp: newest(context) });
  if (name !== SESSION_AUTHORITY || !notes.session) return;
  const grants: unknown[] = Array.isArray(notes.session) ? notes.session : [notes.session];
  for (const grant of grants) await context.session.apply(grant);
}

function newest(context: GatewayContext): string | null {
  const notes = context.request.stamp ? { stamp: context.request.stamp } : {};
  mergeNotes(notes, context.notes);
  return (notes as { stamp?: string }).stamp ?? null;
}

function rootKeysOf(document: DocumentNode | undefined): string[] {
  const selections = (document && getOperationAST(document)?.selectionSet.selections) ?? [];
  return selections.flatMap((node) => (node.kind === 'Field' ? [(node.alias ?? node.name).value] : []));
}

/** One error per root field, or per entity, so that clients find the nulls by their paths. */
function unavailable(name: string, { document, variables }: GraphRequest): GraphQLFormattedError[] {
  const { message, code, details } = new SubgraphUnavailable(name);
  const error = { message, extensions: { code, details } };
  const { representations } = variables ?? {};
  if (Array.isArray(representations)) {
    return representations
      .slice(0, MAX_ENTITY_ERRORS)
      .map((_entity, index) => ({ ...error, path: ['_entities', index] }));
  }
  const keys = rootKeysOf(document);
  return keys.length === 0 ? [error] : keys.map((key) => ({ ...error, path: [key] }));
}
