import { reachesPermission } from '@polity/kernel/access/token-scopes';
import { rows } from '@polity/kernel/db/orm';
import { actingMethod } from '@polity/kernel/request/acting';
import { createLocalJWKSet, errors, type JWK, jwtVerify } from 'jose';
import type { Context } from '../context.ts';
import { findLive, PERSONAL_TOKEN_PREFIX } from '../domain/personal-token/personal-token.lookup.ts';
import { keyOf } from './adapter.ts';
import { mayUse } from './claims.ts';
import { type ClientRow, findClient } from './clients.ts';
import { type DpopProof, isProven } from './dpop.ts';
import { graphAudience } from './provider.ts';

/** Whom a bearer token makes the viewer; what the viewer may do is still for access to say. */
export interface TokenViewer {
  kind: 'user' | 'application';
  id: string;
  /** Client that holds the token; null for a personal token. */
  clientId: string | null;
  scopes: string[];
  amr: string[];
  acr: string | null;
  authTime: number | null;
  tenantId: string;
}

/** What tokens are read with. */
export type Reading = Pick<Context, 'em' | 'clock'> & {
  oidc: Pick<Context['oidc'], 'issuer' | 'publicUrl' | 'publicKeys' | 'liveSessions'>;
};

/** What is known of a token itself, before those it names are looked at. */
interface Held {
  clientId: string;
  accountId: string | null;
  scope: string;
  jkt: string | null;
  amr: string[];
  acr: string | null;
  authTime: number | null;
}

interface OpaqueRow {
  /** Session of the gateway on which a token rests that ends with its session. */
  browserSession: string | null;
  payload: {
    clientId: string;
    accountId?: string;
    expiresWithSession?: boolean;
    scope?: string;
    jkt?: string;
    extra?: { amr?: string[]; acr?: string; auth_time?: number; act?: { sub: string } };
  };
}

// A token of a person lives no longer than the grant, nor, where it was bound to it, than the session.
const OPAQUE = `select t.payload, case when t.payload->>'expiresWithSession' = 'true' then (
    select s.payload->>'browserSession' from oidc_payload s where s.uid = t.payload->>'sessionUid' and s.model = 'Session'
      and s.expires_at > now() and s.payload->>'accountId' = t.account_id::text limit 1) end as "browserSession"
  from oidc_payload t where t.key in (?, ?) and t.expires_at > now() and t.consumed_at is null
  and (t.account_id is null or exists (
    select 1 from oidc_payload g where g.grant_id = t.grant_id and g.model = 'Grant' and g.expires_at > now() and g.account_id = t.account_id))`;
const ALLOWED = `select 1 from oidc_payload where account_id = ? and client_id = ? and model = 'Grant' and expires_at > now() limit 1`;

async function heldOpaque({ em, oidc }: Reading, token: string): Promise<Held | null> {
  const keys = [keyOf('AccessToken', token), keyOf('ClientCredentials', token)];
  const [row] = await rows<OpaqueRow>(em, OPAQUE, keys);
  if (!row) return null;
  const { clientId, accountId = null, scope = '', jkt = null, extra = {}, expiresWithSession } = row.payload;
  if (accountId && expiresWithSession) {
    const { browserSession } = row;
    if (!browserSession || !(await oidc.liveSessions.isLive(browserSession))) return null;
  }
  return {
    clientId,
    accountId,
    scope,
    jkt,
    // Who acts stands among the methods, as for a session; whoever acts for a person has proved nothing of the person lately.
    amr: [...(extra.amr ?? []), ...(extra.act ? [actingMethod(extra.act.sub)] : [])],
    acr: extra.acr ?? null,
    authTime: extra.act ? null : (extra.auth_time ?? null),
  };
}

interface GatewayClaims {
  client_id?: string;
  scope?: string;
  cnf?: { jkt?: string };
  amr?: string[];
  acr?: string;
  auth_time?: number;
}

async function verified(ctx: Reading, token: string, keys: JWK[]) {
  try {
    const { payload } = await jwtVerify<GatewayClaims>(token, createLocalJWKSet({ keys }), {
      issuer: ctx.oidc.issuer,
      audience: graphAudience(ctx.oidc.publicUrl),
      typ: 'at+jwt',
      algorithms: ['ES256'],
      requiredClaims: ['exp', 'iat', 'sub', 'client_id'],
      clockTolerance: 5,
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

async function heldJwt(ctx: Reading, token: string): Promise<Held | null> {
  const payload = await verified(ctx, token, await ctx.oidc.publicKeys());
  if (!payload?.client_id || !payload.sub) return null;
  const { client_id: clientId, sub, scope = '', cnf, amr = [], acr = null, auth_time: authTime = null } = payload;
  const accountId = sub === clientId ? null : sub;
  // The token itself cannot be taken back, but what it was given on can.
  const allowed = accountId === null || (await rows(ctx.em, ALLOWED, [accountId, clientId])).length > 0;
  return allowed ? { clientId, accountId, scope, jkt: cnf?.jkt ?? null, amr, acr, authTime } : null;
}

function viewerOf(held: Held, { id: clientId, tenantId, approvedScopes }: ClientRow): TokenViewer {
  const scopes = held.scope.split(' ').filter((scope) => approvedScopes.includes(scope));
  const { accountId, amr, acr, authTime } = held;
  if (!accountId) {
    // A wide scope of the token stands for the permissions that were approved under it, and for no others.
    const meant = approvedScopes.filter((scope) => !scopes.includes(scope) && reachesPermission(scopes, scope));
    const all = [...scopes, ...meant];
    return { kind: 'application', id: clientId, clientId, scopes: all, amr: [], acr: null, authTime: null, tenantId };
  }
  return { kind: 'user', id: accountId, clientId, scopes, amr, acr, authTime, tenantId };
}

async function ofPersonalToken(ctx: Reading, token: string): Promise<TokenViewer | null> {
  const found = await findLive(ctx.em, token, ctx.clock);
  if (!found || !(await mayUse(ctx.em, found.tenantId, found.userId))) return null;
  const { userId: id, tenantId, scopes } = found;
  // No authentication time: what needs a fresh session is not for scripts.
  return { kind: 'user', id, clientId: null, scopes, amr: [], acr: null, authTime: null, tenantId };
}

/** Reads what the gateway hands over about a proof; null where it is none. */
export function proofOf(value: unknown): DpopProof | null {
  const { jwt, method, url } = (value ?? {}) as Partial<Record<keyof DpopProof, unknown>>;
  return typeof jwt === 'string' && typeof method === 'string' && typeof url === 'string' ? { jwt, method, url } : null;
}

/**
 * Whom the token makes the viewer: an opaque access token, an access token for the gateway, or a personal token. Null for one that is
 * unknown, expired or taken back, whose application or account is not in use, or that is bound to a key and comes without its proof, or is
 * not and comes with one: a proof says nothing about a token that whoever bears it may use.
 */
export async function introspect(ctx: Reading, token: string, proof: DpopProof | null): Promise<TokenViewer | null> {
  if (token.startsWith(PERSONAL_TOKEN_PREFIX)) return proof ? null : ofPersonalToken(ctx, token);
  const held = token.split('.').length === 3 ? await heldJwt(ctx, token) : await heldOpaque(ctx, token);
  if (!held || (proof !== null && held.jkt === null)) return null;
  const client = await findClient(ctx.em, held.clientId);
  if (client?.status !== 'APPROVED') return null;
  if (held.accountId && !(await mayUse(ctx.em, client.tenantId, held.accountId))) return null;
  if (held.jkt && !(await isProven(ctx.em, token, held.jkt, proof))) return null;
  return viewerOf(held, client);
}
