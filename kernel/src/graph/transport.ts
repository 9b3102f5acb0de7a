import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { ReplyNotes, RequestInfo } from '../request/context.ts';

/** One operation for one subgraph. */
export interface GraphRequest {
  query: string;
  /** Parsed form of `query`, where the caller has it already. */
  document?: DocumentNode;
  variables?: Record<string, unknown>;
  operationName?: string;
  /** The JSON of query, variables and name, where the caller has written it already: as it is sent over HTTP. */
  body?: string;
  /**
   * Aborted when nobody waits for the answer any more: a call over HTTP then ends at once, with Cancelled, and one in process by itself. Only
   * for what changes nothing.
   */
  signal?: AbortSignal;
}

/** Answer of a subgraph; `notes` is for the gateway and the calling service, never for clients. */
export interface GraphReply {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  notes?: ReplyNotes;
  /** What `data` takes as JSON, about, where that was found out on the way: nobody need measure it again. */
  bytes?: number;
}

/**
 * The way to a subgraph: in process or signed HTTP. `execute` throws SubgraphUnavailable when no answer comes
 * before the deadline; errors of the operation itself are in the reply.
 */
export interface Transport {
  execute(subgraph: string, request: GraphRequest, info: RequestInfo): Promise<GraphReply>;
  /** Calls under way to subgraphs that have answered nothing for a tenth of a second, where that is known. */
  stuckCalls?(): number;
  close(): Promise<void>;
}

/** Two seconds: the longest that anyone waits for one subgraph, unless the request's deadline is nearer. */
export const CALL_TIMEOUT_MS = 2_000;

/** Half a minute: the same for work that nobody waits for, on a machine that may be busy starting. */
export const BACKGROUND_CALL_MS = 30_000;

/** Milliseconds that a call made now may take. */
export function patience({ background, deadline }: RequestInfo, nowMs: number): number {
  return Math.max(0, Math.min(background ? BACKGROUND_CALL_MS : CALL_TIMEOUT_MS, deadline - nowMs));
}
