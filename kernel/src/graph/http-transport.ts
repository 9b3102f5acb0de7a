import type { KeyObject } from 'node:crypto';
import { Pool } from 'undici';
import { encodeRequestInfo, type RequestInfo } from '../request/context.ts';
import { deriveSubgraphKey, signRequest } from '../request/signature.ts';
import { AnswerTooLarge, MAX_ANSWER_BYTES, tooLargeReply } from './answer-size.ts';
import { Cancelled, SubgraphUnavailable } from './errors.ts';
import { exchange, type PostReply } from './exchange.ts';
import { type GraphReply, type GraphRequest, patience, type Transport } from './transport.ts';

/** Id of the key that requests are signed with. */
export const KEY_ID = 'polity-1';
/** Path that takes one event of another service, where there is no broker. */
export const EVENTS_PATH = '/events';
const CONNECTIONS = 64;

// A subgraph counts its answer before it writes it; escapes can make the text twice as long.
const MAX_REPLY_BYTES = 2 * MAX_ANSWER_BYTES;

/** How long a POST waits, and until when. */
export interface PostBounds {
  /** By default as long as a call of its request may take. */
  timeoutMs?: number;
  /** Ends it early. */
  signal?: AbortSignal | undefined;
}

/** A signed POST to another service of the installation. */
export interface SignedPost {
  /** Throws SubgraphUnavailable, AnswerTooLarge or Cancelled. */
  post(service: string, path: string, body: string, info: RequestInfo, bounds?: PostBounds): Promise<PostReply>;
  close(): Promise<void>;
}

const headers = new WeakMap<RequestInfo, string>();

/** The context header of a request; a request that makes several calls has it written once. Nobody changes what a request carries. */
function encoded(info: RequestInfo): string {
  const header = headers.get(info) ?? encodeRequestInfo(info);
  headers.set(info, header);
  return header;
}

/** One connection pool per service; every request is signed with the key of the service that it goes to. */
export function signedPost(addresses: Readonly<Record<string, string>>, masterSecret: string): SignedPost {
  const pools = new Map<string, { pool: Pool; url: URL; key: KeyObject }>();
  function target(service: string) {
    const known = pools.get(service);
    if (known) return known;
    const address = addresses[service];
    if (!address) throw new SubgraphUnavailable(service);
    const url = new URL(address);
    const pool = new Pool(url.origin, { connections: CONNECTIONS, pipelining: 1, keepAliveTimeout: 4_000 });
    const made = { pool, url, key: deriveSubgraphKey(masterSecret, service) };
    pools.set(service, made);
    return made;
  }
  return {
    async post(service, path, body, info, { timeoutMs = patience(info, Date.now()), signal } = {}) {
      const { pool, url, key } = target(service);
      const contextHeader = encoded(info);
      const signed = signRequest({
        method: 'POST',
        authority: url.host,
        path,
        body,
        contextHeader,
        key: { id: KEY_ID, secret: key },
        now: new Date(),
      });
      // Proxies in between read them; the service itself goes by the signed context.
      const headers = {
        ...signed,
        'x-request-id': info.requestId,
        ...(info.traceparent ? { traceparent: info.traceparent } : {}),
      };
      try {
        const bounds = { timeoutMs: Math.max(1, timeoutMs), maxBytes: MAX_REPLY_BYTES, signal };
        return await exchange(pool, { path, headers, body }, bounds);
      } catch (error) {
        if (error instanceof AnswerTooLarge || error instanceof Cancelled) throw error;
        throw new SubgraphUnavailable(service, error);
      }
    },
    async close() {
      await Promise.all([...pools.values()].map(({ pool }) => pool.close()));
    },
  };
}

/** Transport over signed HTTP (RFC 9421), for subgraphs that are processes of their own. */
export function httpTransport(addresses: Readonly<Record<string, string>>, masterSecret: string): Transport {
  const client = signedPost(addresses, masterSecret);
  return {
    async execute(name: string, request: GraphRequest, info: RequestInfo): Promise<GraphReply> {
      const { query, variables, operationName, body, signal } = request;
      const sent = body ?? JSON.stringify({ query, variables, operationName });
      try {
        const { status, text } = await client.post(name, '/graphql', sent, info, { signal });
        if (status !== 200) throw new Error(`status ${status}`);
        return { ...(JSON.parse(text) as GraphReply), bytes: Buffer.byteLength(text) };
      } catch (error) {
        // The subgraph did answer: nobody need ask it again, and no breaker opens.
        if (error instanceof AnswerTooLarge) return tooLargeReply();
        if (error instanceof SubgraphUnavailable || error instanceof Cancelled) throw error;
        throw new SubgraphUnavailable(name, error);
      }
    },
    close: () => client.close(),
  };
}
