import { AppError, Cancelled, SubgraphUnavailable } from '@polity/kernel/graph/errors';
import { formatError } from '@polity/kernel/graph/format-error';
import type { GraphReply, GraphRequest, Transport } from '@polity/kernel/graph/transport';
import { metrics } from '@polity/kernel/metrics/metrics';
import { mergeNotes } from '@polity/kernel/service/client';
import { type GraphQLError, type GraphQLFormattedError, Kind, type OperationDefinitionNode } from 'graphql';
import { beyondCap, counted } from '../answer-cap.ts';
import type { GatewayContext } from '../context.ts';
import { clientKey } from './keys.ts';

/** Only this subgraph may start or end sessions (design section 6). */
export const SESSION_AUTHORITY = 'identity';

/** One request to a subgraph, and the response keys of its root fields. */
export interface Call {
  service: string;
  request: GraphRequest;
  kind: OperationDefinitionNode['operation'];
  rootKeys: readonly string[];
}

/** Response keys of the root fields of an operation of a plan, which has no fragments at its root. */
export function rootKeysOf({ selectionSet }: OperationDefinitionNode): readonly string[] {
  const keys = selectionSet.selections.flatMap((node) =>
    node.kind === Kind.FIELD ? [(node.alias ?? node.name).value] : [],
  );
  return [...new Set(keys)];
}

/** Asks a subgraph. Never rejects: what goes wrong becomes a coded error for each root field, so that siblings survive. */
export async function callSubgraph(transport: Transport, context: GatewayContext, call: Call): Promise<GraphReply> {
  try {
    return await ask(transport, context, call);
  } catch (error) {
    return failed(call, formatError(error, context.request.requestId, context.log, 'gateway'));
  }
}

async function ask(transport: Transport, context: GatewayContext, call: Call): Promise<GraphReply> {
  const { service } = call;
  const reads = call.kind === 'query';
  if (reads && context.gone.aborted) throw new Cancelled();
  const request = reads ? { ...call.request, signal: context.gone } : call.request;
  const beyond = beyondCap(context);
  if (beyond) return beyond;
  const denied = call.kind === 'mutation' ? await deniedNow(context, call) : null;
  if (denied) return { data: null, errors: denied };
  context.fetches[service] = (context.fetches[service] ?? 0) + 1;
  const stopTimer = metrics().subgraphDuration.startTimer({ subgraph: service });
  let outcome = 'answered';
  const reply = await transport.execute(service, request, context.request).catch((error: unknown): GraphReply => {
    if (error instanceof Cancelled) throw error;
    outcome = 'unavailable';
    context.log.warn({ err: error, subgraph: service }, 'a subgraph did not answer');
    const { message, code, details } = new SubgraphUnavailable(service);
    return failed(call, { message, extensions: { code, details } });
  });
  stopTimer();
  metrics().subgraphRequests.inc({ subgraph: service, outcome });
  await take(context, service, reply);
  return counted(context, reply);
}

function failed({ rootKeys }: Call, { message, extensions }: GraphQLFormattedError): GraphReply {
  return {
    data: null,
    errors: rootKeys.map((key) => ({ message, ...(extensions ? { extensions } : {}), path: [key] })),
  };
}

/** Errors of the fields of a mutation that whoever the viewer has become may not run; null where nothing changed. */
async function deniedNow(
  context: GatewayContext,
  { rootKeys }: Call,
): Promise<readonly GraphQLFormattedError[] | null> {
  if (context.judgedFor !== context.viewer) context.verdict = (await context.authorizeAgain?.()) ?? null;
  const { verdict } = context;
  if (!verdict) return null;
  const verdictOf = (key: string) => verdict.get(clientKey(key));
  const [first] = rootKeys.flatMap((key) => verdictOf(key) ?? []);
  if (!first) return null;
  return rootKeys.map((key) => ({ ...formatted(verdictOf(key) ?? first), path: [key] }));
}

function formatted({ message, originalError }: GraphQLError): GraphQLFormattedError {
  const { code = 'FORBIDDEN', details = {} } = originalError instanceof AppError ? originalError : {};
  return { message, extensions: { code, ...(Object.keys(details).length > 0 ? { details } : {}) } };
}

/** Takes what the subgraph noted for the gateway: fresher stamps from all of them, sessions from one. */
async function take(context: GatewayContext, service: string, { notes }: GraphReply): Promise<void> {
  if (!notes) return;
  mergeNotes(context.notes, notes);
  if (notes.stamp) context.adopt({ ...context.request, stamp: newest(context) });
  if (service !== SESSION_AUTHORITY || !notes.session) return;
  const grants: unknown[] = Array.isArray(notes.session) ? notes.session : [notes.session];
  for (const grant of grants) await context.session.apply(grant);
}

function newest(context: GatewayContext): string | null {
  const notes = context.request.stamp ? { stamp: context.request.stamp } : {};
  mergeNotes(notes, context.notes);
  return (notes as { stamp?: string }).stamp ?? null;
}
