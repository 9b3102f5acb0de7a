import { createHash } from 'node:crypto';
import type { Clock } from '@polity/kernel/clock';
import { AppError } from '@polity/kernel/graph/errors';
import { anonymous, type Viewer } from '@polity/kernel/request/context';
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
}

/** Reads access tokens, asking identity at most once in five seconds for each. */
export interface TokenReader {
  /** Null for a token that is unknown, expired or revoked. Throws SUBGRAPH_UNAVAILABLE. */
  read(token: string): Promise<TokenFacts | null>;
}

/** A revoked token is dead everywhere after this time, so it must stay short. */
const REMEMBER_MS = 5_000;
const MAX_REMEMBERED = 10_000;
const INTROSPECT = 'query IntrospectToken($token: String!) { _introspectToken(token: $token) }';

export function tokenReader(services: () => ServiceClient, clock: Clock): TokenReader {
  const known = new Map<string, { facts: TokenFacts; until: number }>();
  return {
    async read(token) {
      const key = createHash('sha256').update(token).digest('base64url');
      const entry = known.get(key);
      if (entry && entry.until > clock.nowMs()) return entry.facts;
      known.delete(key);
      const { _introspectToken: facts } = await services().call<{ _introspectToken: TokenFacts | null }>(
        'identity',
        INTROSPECT,
        { token },
      );
      if (!facts) return null;
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(key, { facts, until: clock.nowMs() + REMEMBER_MS });
      return facts;
    },
  };
}

/** Thrown for an `Authorization` header that proves nothing. */
export class InvalidToken extends AppError {
  constructor() {
    super('UNAUTHENTICATED', 'The access token is not valid.');
  }
}

// RFC 6750 section 2.1, and a bound on what is hashed and asked for.
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]{1,4096}=*)$/i;

/** The token of an `Authorization` header; null without one. Throws InvalidToken for any other scheme or form. */
export function bearerOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  const token = BEARER.exec(header.trim())?.[1];
  if (!token) throw new InvalidToken();
  return token;
}

/** The viewer that a token stands for, limited to its scopes. */
export function tokenViewer({ kind, id, scopes, amr, acr, authTime }: TokenFacts): Viewer {
  return { ...anonymous, kind, id, scopes, amr, acr, authTime };
}
