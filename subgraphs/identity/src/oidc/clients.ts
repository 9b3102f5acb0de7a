import { createHash, timingSafeEqual } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { rows } from '@polity/kernel/db/orm';
import { isUuid } from '@polity/kernel/ids';
import type { AdapterPayload, ClientMetadata } from 'oidc-provider';
import { isPrivateUse } from '../domain/application/redirect-uri.ts';

/** Name of the grant by which a service changes a token for one of its own (RFC 8693 section 2.1). */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** Name of the grant of devices on which nobody can sign in (RFC 8628 section 3.4). */
export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

/** A secret as the provider compares it. */
export interface LiveSecret {
  hash: string;
  /** Epoch seconds. */
  expiresAt: number;
}

/** An application as the provider needs it, whatever tenant it belongs to. */
export interface ClientRow {
  id: string;
  tenantId: string;
  name: string;
  status: string;
  confidential: boolean;
  clientCredentials: boolean;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  backchannelLogoutUri: string | null;
  approvedScopes: string[];
  requirePkce: boolean;
  claimsInIdToken: boolean;
  idTokenAlgorithm: 'ES256' | 'RS256';
  tokenExchange: boolean;
  deviceFlow: boolean;
  secrets: LiveSecret[];
}

const FIND = `select id, tenant_id as "tenantId", name, status, confidential, client_credentials as "clientCredentials",
  redirect_uris as "redirectUris", post_logout_redirect_uris as "postLogoutRedirectUris", backchannel_logout_uri as "backchannelLogoutUri",
  approved_scopes as "approvedScopes", secrets, require_pkce as "requirePkce", claims_in_id_token as "claimsInIdToken",
  id_token_algorithm as "idTokenAlgorithm", token_exchange as "tokenExchange",
  device_flow as "deviceFlow" from oidc_client(?::uuid)`;

/** The application with this client id, in any tenant and any state; null where there is none. */
export async function findClient(em: EntityManager, clientId: string): Promise<ClientRow | null> {
  if (!isUuid(clientId)) return null;
  const [row] = await rows<ClientRow>(em, FIND, [clientId]);
  return row ?? null;
}

function grantTypesOf(row: ClientRow): string[] {
  const { redirectUris, approvedScopes, confidential, clientCredentials, tokenExchange, deviceFlow } = row;
  const forPeople = redirectUris.length > 0 || deviceFlow;
  return [
    ...(redirectUris.length > 0 ? ['authorization_code'] : []),
    ...(deviceFlow ? [DEVICE_CODE] : []),
    ...(forPeople && approvedScopes.includes('offline_access') ? ['refresh_token'] : []),
    ...(confidential && clientCredentials ? ['client_credentials'] : []),
    ...(confidential && tokenExchange ? [TOKEN_EXCHANGE] : []),
  ];
}

/** Runs on the person's own machine: it has a scheme of its own, or the port of its address changes with each start (RFC 8252 section 7). */
function isNative({ confidential, redirectUris, postLogoutRedirectUris }: ClientRow): boolean {
  const all = [...redirectUris, ...postLogoutRedirectUris];
  return !confidential && all.length > 0 && (all.some(isPrivateUse) || all.every((uri) => uri.startsWith('http:')));
}

interface Own {
  tenant_id: string;
  secret_hashes: string;
  require_pkce: boolean;
  claims_in_id_token: boolean;
}

/** Names of the metadata that only we know. */
export const OWN_METADATA: (keyof Own)[] = ['tenant_id', 'secret_hashes', 'require_pkce', 'claims_in_id_token'];

/** Client metadata of an approved application; undefined for all others, so that disabling one stops it with the next request. */
export function clientMetadata(row: ClientRow | null, knownScopes: ReadonlySet<string>): AdapterPayload | undefined {
  if (row?.status !== 'APPROVED') return undefined;
  const hasCode = row.redirectUris.length > 0;
  const metadata: ClientMetadata & Own = {
    client_id: row.id,
    client_name: row.name,
    // The provider wants to see a secret; what is compared is `secret_hashes`.
    ...(row.confidential && { client_secret: row.id }),
    token_endpoint_auth_method: row.confidential ? 'client_secret_basic' : 'none',
    application_type: isNative(row) ? 'native' : 'web',
    redirect_uris: row.redirectUris,
    response_types: hasCode ? ['code'] : [],
    grant_types: grantTypesOf(row),
    post_logout_redirect_uris: row.postLogoutRedirectUris,
    ...(row.backchannelLogoutUri && {
      backchannel_logout_uri: row.backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
    // An empty list would mean any scope.
    scope: row.approvedScopes.filter((scope) => knownScopes.has(scope)).join(' ') || 'openid',
    id_token_signed_response_alg: row.idTokenAlgorithm,
    require_pkce: row.requirePkce || !row.confidential,
    claims_in_id_token: row.claimsInIdToken,
    tenant_id: row.tenantId,
    secret_hashes: JSON.stringify(row.secrets),
  };
  return metadata as AdapterPayload;
}

/** Whether the secret is one of those that are live; compared in constant time. */
export function secretMatches(secretHashes: string, secret: string, nowSeconds: number): boolean {
  const given = createHash('sha256').update(secret).digest();
  const live = (JSON.parse(secretHashes) as LiveSecret[]).filter(({ expiresAt }) => expiresAt > nowSeconds);
  const matches = live.map(({ hash }) => {
    const kept = Buffer.from(hash, 'base64url');
    return kept.length === given.length && timingSafeEqual(kept, given);
  });
  return matches.includes(true);
}
