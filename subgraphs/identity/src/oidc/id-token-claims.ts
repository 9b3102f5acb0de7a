import type { Provider } from 'oidc-provider';

/** What the library keeps of an ID token that is being made; its types leave the class out. */
interface IdTokenInMaking {
  ctx?: { oidc: { params?: { scope?: unknown } } };
  client?: { claims_in_id_token?: unknown };
  scope?: string;
  payload(): Promise<unknown>;
}

/**
 * An ID token names the person by `sub` alone, since what else was asked for comes from the userinfo endpoint (OpenID Connect Core, section 5.4).
 * Some libraries never ask there; for their applications the ID token has the claims of the scopes too.
 */
export function withClaimsInIdToken(provider: Provider): void {
  const { prototype } = (provider as unknown as { IdToken: { prototype: IdTokenInMaking } }).IdToken;
  const { payload } = prototype;
  prototype.payload = function withClaims(this: IdTokenInMaking) {
    const granted = this.client?.claims_in_id_token === true ? this.ctx?.oidc : undefined;
    const { Grant, AuthorizationCode, RefreshToken } = (granted as Entities | undefined)?.entities ?? {};
    const scopes = (AuthorizationCode ?? RefreshToken)?.scopes;
    if (Grant && scopes) this.scope = Grant.getOIDCScopeFiltered(scopes);
    return payload.call(this);
  };
}

interface Entities {
  entities?: {
    Grant?: { getOIDCScopeFiltered(scopes: Set<string>): string };
    AuthorizationCode?: { scopes: Set<string> };
    RefreshToken?: { scopes: Set<string> };
  };
}
