import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { NonceStore } from './nonces.ts';
import { randomText } from './random-text.ts';
import { type Component, contentDigest, hmacSha256, sameText, signatureBase } from './signature-base.ts';

/** Header that carries the request's context; the only identity header there is. */
export const CONTEXT_HEADER = 'x-polity-context';

const CONTENT_TYPE = 'application/json';
const TAG = 'polity/1';
const WINDOW_SECONDS = 30;
// A request may be dated 30 s ahead and lives for 30 s from its date; the rest is for clocks that differ between replicas.
const NONCE_SECONDS = 90;
const NONCE_BYTES = 16;

const COVERED = ['@method', '@authority', '@path', 'content-type', 'content-digest', CONTEXT_HEADER] as const;
const COVERED_LIST = COVERED.map((name) => `"${name}"`).join(' ');
const SIGNED_HEADERS = ['content-type', 'content-digest', CONTEXT_HEADER, 'signature-input', 'signature'] as const;

// Only the form that we write is read: one label, these components and parameters in this order (RFC 9421 section 3.2 leaves that to us).
const SIGNATURE_INPUT = new RegExp(
  `^sg=(\\(${COVERED_LIST}\\);created=(\\d{10});expires=(\\d{10});nonce="([A-Za-z0-9_-]{22,64})";keyid="([A-Za-z0-9._-]{1,64})";alg="hmac-sha256";tag="${TAG}")$`,
);

/** Why a request was refused, for the log of the service; the caller never learns it. */
export type RefusalReason = 'malformed' | 'key' | 'signature' | 'digest' | 'time' | 'replay';

/** The one refusal of a request whose signature does not hold; its message never says why. */
export class SignatureRefused extends Error {
  readonly reason: RefusalReason;
  /** For `time`: seconds by which the sender's clock is behind ours, negative where it is ahead. */
  readonly skewSeconds: number | undefined;

  constructor(reason: RefusalReason, skewSeconds?: number) {
    super('The request signature was refused.');
    this.name = 'SignatureRefused';
    this.reason = reason;
    this.skewSeconds = skewSeconds;
  }
}

export interface SigningKey {
  id: string;
  secret: KeyObject;
}

interface Target {
  method: string;
  /** Host and port as in the `host` header. */
  authority: string;
  /** Path without a query; a request with a query is refused, because the signature does not cover it. */
  path: string;
}

export interface RequestToSign extends Target {
  body: Buffer | string;
  /** Value of `x-polity-context`. */
  contextHeader: string;
  key: SigningKey;
  now: Date;
  /** At least 128 bits as base64url; random by default. Every try of a request needs its own. */
  nonce?: string;
}

export interface RequestToVerify extends Target {
  /** Names and values in turn, as Node's `rawHeaders`, so that a repeated header is seen. */
  headers: readonly string[];
  /** The body as it arrived, before any parsing. */
  rawBody: Buffer;
  /** Live keys by id; two during a rotation. */
  keys: ReadonlyMap<string, KeyObject>;
  now: Date;
  nonces: NonceStore;
}

/** The key with which requests to that subgraph are signed (HKDF-SHA256); `master` is bytes or base64url text. */
export function deriveSubgraphKey(master: Buffer | string, name: string): KeyObject {
  const secret = typeof master === 'string' ? Buffer.from(master, 'base64url') : master;
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `polity-subgraph:${name}`, 32)));
}

const seconds = (time: Date) => Math.floor(time.getTime() / 1_000);

function components({ method, authority, path }: Target, headers: Readonly<Record<string, string>>): Component[] {
  const derived: Record<string, string> = {
    '@method': method,
    '@authority': authority.toLowerCase(),
    '@path': path || '/',
  };
  return COVERED.map((name) => [name, derived[name] ?? headers[name] ?? '']);
}

/** The headers of a signed request: content type, digest, context and signature (RFC 9421, HMAC-SHA256). They hold for 30 s. */
export function signRequest(request: RequestToSign): Record<string, string> {
  const { body, contextHeader, key, now, nonce = randomText(NONCE_BYTES, 'base64url') } = request;
  const created = seconds(now);
  const headers = {
    'content-type': CONTENT_TYPE,
    'content-digest': contentDigest(body),
    [CONTEXT_HEADER]: contextHeader,
  };
  const parameters =
    `(${COVERED_LIST});created=${created};expires=${created + WINDOW_SECONDS};nonce="${nonce}";` +
    `keyid="${key.id}";alg="hmac-sha256";tag="${TAG}"`;
  const signature = hmacSha256(key.secret, signatureBase(components(request, headers), parameters));
  return { ...headers, 'signature-input': `sg=${parameters}`, signature: `sg=:${signature}:` };
}

/** The values of the headers that matter, or null where one is missing or repeated, or where there are two hosts. */
function singleHeaders(rawHeaders: readonly string[]): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = String(rawHeaders[at]).toLowerCase();
    if (name !== 'host' && !SIGNED_HEADERS.some((signed) => signed === name)) continue;
    if (name in headers) return null;
    headers[name] = String(rawHeaders[at + 1]);
  }
  return SIGNED_HEADERS.every((name) => name in headers) ? headers : null;
}

function isTimely(created: number, expires: number, now: number) {
  return (
    Math.abs(now - created) <= WINDOW_SECONDS &&
    expires <= created + WINDOW_SECONDS &&
    expires > created &&
    now <= expires
  );
}

// Stands in for a key id that is not ours, so that an unknown id takes as long as a wrong signature.
const nobodysKey = createSecretKey(randomBytes(32));

// A server that trusts proxies takes the authority from a forwarded header, which is not signed.
const isHost = (authority: string, host = authority) => host.toLowerCase() === authority.toLowerCase();

interface Verified {
  nonce: string;
  /** Seconds by which the sender's clock is behind ours; the time on the way counts, too. */
  skewSeconds: number;
}

/** What a request says whose signature, digest and time all hold. Throws SignatureRefused. */
function verified(request: RequestToVerify): Verified {
  const headers = singleHeaders(request.headers);
  const isForUs = headers && isHost(request.authority, headers.host) && !request.path.includes('?');
  const input = isForUs ? SIGNATURE_INPUT.exec(headers['signature-input'] ?? '') : null;
  if (!headers || !input) throw new SignatureRefused('malformed');
  const [, parameters = '', created, expires, nonce = '', keyId = ''] = input;
  const key = request.keys.get(keyId);
  const signature = hmacSha256(key ?? nobodysKey, signatureBase(components(request, headers), parameters));
  const isSigned = sameText(`sg=:${signature}:`, headers.signature ?? '');
  const isWhole = sameText(contentDigest(request.rawBody), headers['content-digest'] ?? '');
  if (!key) throw new SignatureRefused('key');
  if (!isSigned) throw new SignatureRefused('signature');
  if (!isWhole) throw new SignatureRefused('digest');
  const skewSeconds = seconds(request.now) - Number(created);
  if (!isTimely(Number(created), Number(expires), seconds(request.now)))
    throw new SignatureRefused('time', skewSeconds);
  return { nonce, skewSeconds };
}

/**
 * Resolves for a request that `signRequest` signed with a live key, within its time and for the first time, with the seconds by which the
 * sender's clock is behind ours. Throws SignatureRefused for every other, and what the nonce store throws when it is away.
 */
export async function verifyRequest(request: RequestToVerify): Promise<number> {
  const { nonce, skewSeconds } = verified(request);
  if (!(await request.nonces.claim(nonce, NONCE_SECONDS))) throw new SignatureRefused('replay');
  return skewSeconds;
}
