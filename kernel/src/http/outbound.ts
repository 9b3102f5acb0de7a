import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { Client, type Dispatcher } from 'undici';
import { refuseWhileHolding } from '../db/holding.ts';
import type { OutboundAllow } from './outbound-addresses.ts';
import { OutboundError } from './outbound-error.ts';
import { checkedTarget, pinned, type Resolve, resolveHost, type Target } from './outbound-target.ts';

export interface OutboundRequest {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array | null;
  /** Bytes of the answer, before and after decompression; 1 MiB unless given. */
  maxBytes?: number;
  /** Time for everything, from the name to the last byte; 10 seconds unless given. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** An answer of any status. A redirect is one too: nobody follows it. */
export interface OutboundReply {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/**
 * The only way out to an address that somebody else chose: webhooks, feeds, back-channel logout, keys of an upstream provider. It connects to
 * the addresses that it checked, and to nothing that a settled installation would not show to strangers.
 */
export interface Outbound {
  /** Throws OutboundError. */
  send(url: string, request?: OutboundRequest): Promise<OutboundReply>;
}

export interface OutboundOptions {
  allow: OutboundAllow;
  /** Tests say what names resolve to. */
  resolve?: Resolve;
}

const MAX_BYTES = 1_048_576;
const TIMEOUT_MS = 10_000;

const DECODERS: Record<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

const tooLarge = () => new OutboundError('TOO_LARGE', 'The answer is too large.');

async function bytesOf(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function decoded(body: Buffer, encoding: unknown, maxBytes: number): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity' || body.length === 0) return body;
  const decode = DECODERS[String(encoding).trim().toLowerCase()];
  if (!decode) throw new OutboundError('UNREACHABLE', 'The answer is packed in a way that nobody asked for.');
  try {
    return await decode(body, { maxOutputLength: maxBytes });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : error;
  }
}

function headersOf(request: OutboundRequest): Record<string, string> {
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  // `host` says what was checked; the answer comes unpacked where the server can do so.
  return {
    'user-agent': 'Polity',
    ...Object.fromEntries(given.filter(([name]) => name !== 'host')),
    'accept-encoding': 'identity',
  };
}

async function exchange(
  { url, addresses }: Target,
  request: OutboundRequest,
  signal: AbortSignal,
): Promise<OutboundReply> {
  const { method = 'GET', body = null, maxBytes = MAX_BYTES } = request;
  // A connection of its own for each request: one that is kept would outlive the check of its address.
  const client = new Client(url.origin, { connect: { lookup: pinned(addresses) }, pipelining: 1 });
  try {
    const path = `${url.pathname}${url.search}`;
    const reply: Dispatcher.ResponseData = await client.request({
      method,
      path,
      headers: headersOf(request),
      body,
      signal,
    });
    const { statusCode: status, headers } = reply;
    if (Number(headers['content-length'] ?? 0) > maxBytes && method !== 'HEAD') throw tooLarge();
    const bytes = await decoded(await bytesOf(reply.body, maxBytes), headers['content-encoding'], maxBytes);
    return { status, headers, body: bytes };
  } finally {
    // Without waiting: whoever sent too much goes on sending for as long as it is asked politely.
    client.destroy().catch(() => undefined);
  }
}

/** The outbound client of a process. It knows no proxy, whatever the environment says. */
export function outbound({ allow, resolve = resolveHost }: OutboundOptions): Outbound {
  return {
    async send(url, request = {}) {
      refuseWhileHolding('an address outside');
      const deadline = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS);
      const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new OutboundError('TIMED_OUT', 'The answer took too long.')), {
          once: true,
        });
      });
      const work = async () => exchange(await checkedTarget(url, { allow, resolve, signal }), request, signal);
      try {
        return await Promise.race([work(), aborted]);
      } catch (error) {
        if (signal.aborted) throw new OutboundError('TIMED_OUT', 'The answer took too long.', error);
        throw error instanceof OutboundError
          ? error
          : new OutboundError('UNREACHABLE', 'The host does not answer.', error);
      }
    },
  };
}
