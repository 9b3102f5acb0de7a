import { createHash } from 'node:crypto';
import type { Clock } from '@polity/kernel/clock';
import { AppError } from '@polity/kernel/graph/errors';
import { anonymous, type Viewer } from '@polity/kernel/request/context';
import type { TokenEpoch } from '@polity/kernel/request/token-epoch';
import type { ServiceClient } from '@polity/kernel/service/client';

/** What identity says of an access token. */
export interface TokenFacts {
  kind: 'user' | 'application';
  id: string;
  /** Approved scopes: permission codes, and `openid`, `profile`, `email`, `offline_access`. */
  scopes: readonly string[];
  amr: readonly string[];
  acr: string | null;
  /** Epoch seconds; null for applications. */
  authTime: number | null;
  /** Tenant the token was made for; null for one that holds in all. */
  tenantId: string | null;
  /** Application that the token was given to; null for a personal token. */
  clientId: string | null;
}

/** What a request shows for a token that is bound to a key (RFC 9449). */
export interface Proof {
  jwt: string;
  method: string;
  /** Address of the request as its client sees it. */
  url: string;
}

/** An access token as it came: for whoever bears it, or bound to a key and with a proof. */
export interface Credential {
  token: string;
  proof: Proof | null;
}

/** What a token was found to be. */
export interface ReadToken {
  facts: TokenFacts;
  /** False where a token ended since this was found out: then read it again. Throws `StoreUnavailable`. */
  isStillValid(): Promise<boolean>;
}

/**
 * Reads access tokens, asking identity at most once in five seconds for each, and again once any token was revoked; what is no token is
 * remembered for two.
 */
export interface TokenReader {
  /**
   * Null for a token that is unknown, expired, revoked or not proven. Throws what asking identity throws, SUBGRAPH_UNAVAILABLE, OVERLOADED,
   * `StoreUnavailable`.
   */
  read(credential: Credential): Promise<ReadToken | null>;
}

/** What ends a token without anybody's doing shows after this time, so it must stay short. */
const REMEMBER_MS = 5_000;
/** Whoever may use the graph again, such as an application that was approved once more, waits so long. */
const REMEMBER_UNKNOWN_MS = 2_000;
const MAX_REMEMBERED = 10_000;
const INTROSPECT =
  'query IntrospectToken($token: String!, $proof: JSON) { _introspectToken(token: $token, proof: $proof) }';

interface Remembered {
  facts: TokenFacts;
  until: number;
  epoch: string;
}

const justAsked = async () => true;

/** Makes room by forgetting all: what is remembered saves work and decides nothing. */
function remember<Value>(into: Map<string, Value>, key: string, value: Value): void {
  if (into.size >= MAX_REMEMBERED) into.clear();
  into.set(key, value);
}

export function tokenReader(services: () => ServiceClient, epoch: TokenEpoch, clock: Clock): TokenReader {
  const known = new Map<string, Remembered>();
  // Apart from the others, so that nobody pushes good tokens out with made-up ones.
  const unknown = new Map<string, number>();
  const asking = new Map<string, Promise<Remembered | null>>();
  const ask = async ({ token, proof }: Credential) =>
    (await services().call<{ _introspectToken: TokenFacts | null }>('identity', INTROSPECT, { token, proof }))
      ._introspectToken;

  async function isStillValid(key: string, entry: Remembered): Promise<boolean> {
    if ((await epoch.read()) === entry.epoch) return true;
    if (known.get(key) === entry) known.delete(key);
    return false;
  }

  async function findOut(key: string, credential: Credential): Promise<Remembered | null> {
    // Read first: an answer that was given just before a revocation must not outlive it.
    const before = await epoch.read();
    const facts = await ask(credential);
    const nowMs = clock.nowMs();
    if (!facts) {
      remember(unknown, key, nowMs + REMEMBER_UNKNOWN_MS);
      return null;
    }
    const entry = { facts, until: nowMs + REMEMBER_MS, epoch: before };
    remember(known, key, entry);
    return entry;
  }

  /** Requests that come with one token at once ask once. */
  function findOutOnce(key: string, credential: Credential): Promise<Remembered | null> {
    const under = asking.get(key) ?? findOut(key, credential).finally(() => asking.delete(key));
    asking.set(key, under);
    return under;
  }

  return {
    async read(credential) {
      // A proof is good for one request, so nothing is remembered of a token that needs one.
      if (credential.proof) {
        const facts = await ask(credential);
        return facts && { facts, isStillValid: justAsked };
      }
      const key = createHash('sha256').update(credential.token).digest('base64url');
      const remembered = known.get(key);
      const fresh = remembered && remembered.until > clock.nowMs() ? remembered : null;
      if ((unknown.get(key) ?? 0) > clock.nowMs()) return null;
      const entry = fresh ?? (await findOutOnce(key, credential));
      return entry && { facts: entry.facts, isStillValid: () => isStillValid(key, entry) };
    },
  };
}

/** Thrown for an `Authorization` header that proves nothing. */
export class InvalidToken extends AppError {
  constructor() {
    super('UNAUTHENTICATED', 'The access token is not valid.');
  }
}

// RFC 6750 section 2.1, RFC 9449 section 7.1, and a bound on what is hashed and asked for.
const AUTHORIZATION = /^(Bearer|DPoP) +([A-Za-z0-9\-._~+/]{1,4096}=*)$/i;

/** The token of a request; null without an `Authorization` header. Throws InvalidToken for any other scheme or form. */
export function credentialOf(
  authorization: string | undefined,
  dpop: string | undefined,
  place: { method: string; url: string },
): Credential | null {
  if (authorization === undefined) return null;
  const [, scheme = '', token] = AUTHORIZATION.exec(authorization.trim()) ?? [];
  const bound = scheme.toLowerCase() === 'dpop';
  if (!token || bound !== (dpop !== undefined)) throw new InvalidToken();
  return { token, proof: bound ? { jwt: dpop as string, ...place } : null };
}

/** The viewer that a token stands for, limited to its scopes. */
export function tokenViewer({ kind, id, scopes, amr, acr, authTime }: TokenFacts): Viewer {
  return { ...anonymous, kind, id, scopes, amr, acr, authTime };
}
