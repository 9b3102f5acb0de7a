import { type DocumentNode, parse } from 'graphql';
import { formatStamp, maxStamp, parseStamp } from '../access/stamp.ts';
import { isHolding, refuseCircle } from '../db/holding.ts';
import { AppError, SubgraphUnavailable } from '../graph/errors.ts';
import { patience, type Transport } from '../graph/transport.ts';
import { serviceViewerFor } from '../request/acting.ts';
import type { ReplyNotes, RequestInfo } from '../request/context.ts';

/** Calls to other subgraphs on behalf of a service; reaches their `@inaccessible` fields. */
export interface ServiceClient {
  /**
   * Runs one operation and returns its data. Throws the first error of the answer with its code, or
   * SubgraphUnavailable when none came in time.
   */
  call<Data>(subgraph: string, query: string, variables?: Record<string, unknown>): Promise<Data>;
}

const parsed = new Map<string, DocumentNode>();

function documentOf(query: string): DocumentNode {
  let document = parsed.get(query);
  if (!document) parsed.set(query, (document = parse(query, { noLocation: true })));
  return document;
}

/** Merges what a subgraph noted into the notes of the request that caused the call. */
export function mergeNotes(into: ReplyNotes, from: ReplyNotes | undefined): void {
  if (!from?.stamp) return;
  into.stamp = into.stamp ? formatStamp(maxStamp(parseStamp(into.stamp), parseStamp(from.stamp))) : from.stamp;
}

/** A client for the service `name`; `notes` collects stamps for the gateway when the call is part of a request. */
export function serviceClient(
  transport: Transport,
  name: string,
  request: RequestInfo,
  notes: ReplyNotes = {},
): ServiceClient {
  const onBehalfOf = request.onBehalfOf ?? (request.viewer.kind === 'service' ? null : request.viewer.id);
  const info: RequestInfo = { ...request, viewer: serviceViewerFor(name, request.viewer), stamp: null, onBehalfOf };
  return {
    async call<Data>(subgraph: string, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
      refuseCircle(subgraph, request.held === true);
      // The other side learns when nobody waits any more, for what must not be done after that.
      const deadline = Date.now() + patience(info, Date.now());
      const call = { ...info, deadline, ...(isHolding() && { held: true }) };
      const reply = await transport.execute(subgraph, { query, document: documentOf(query), variables }, call);
      mergeNotes(notes, reply.notes);
      const [error] = reply.errors ?? [];
      if (error) throw remoteError(subgraph, error);
      return reply.data as Data;
    },
  };
}

function remoteError(subgraph: string, error: { message: string; extensions?: Record<string, unknown> }): Error {
  const { code, details } = error.extensions ?? {};
  if (typeof code !== 'string' || code === 'INTERNAL_ERROR') return new SubgraphUnavailable(subgraph, error);
  return new AppError(code, error.message, (details as Record<string, unknown>) ?? {});
}
