import type { EventEmitter } from 'node:events';
import type { Clock } from '@polity/kernel/clock';
import { isOutage } from '@polity/kernel/graph/outage';
import type { Outbound } from '@polity/kernel/http/outbound';
import { outboundFetch } from '@polity/kernel/http/outbound-fetch';
import type { Logger } from '@polity/kernel/log/logger';
import type { LiveSessions } from '@polity/kernel/request/live-sessions';
import type { JWK } from 'jose';
import { type Client, type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';

import { type OpenEm, postgresAdapter, TOKEN_PREFIX } from './adapter.ts';
import { afterwards } from './afterwards.ts';
import { withBrowserSession } from './browser-session.ts';
import type { AccountClaims } from './claims.ts';
import { OWN_METADATA, secretMatches } from './clients.ts';
import { withClaimsInIdToken } from './id-token-claims.ts';
import { errorPage, loggedOutPage, logoutPage } from './pages.ts';
import { interactions, pageOf } from './policy.ts';
import { grantFinder } from './remembered-grants.ts';
import { isGraphScope } from './scopes.ts';

/** Keys of an application are the largest thing that is asked for. */
const ANSWER_BYTES = 65_536;

/** Seconds that a token for the gateway lives; the standard endpoints cannot take it back. */
const GATEWAY_TOKEN_SECONDS = 300;

/** Lifetimes in seconds. Everything that can be left to a default of the library is said here, because defaults change. */
const TTL: Configuration['ttl'] = {
  AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 15 * 60,
  AuthorizationCode: 60,
  DeviceCode: 10 * 60,
  ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 10 * 60,
  Grant: 30 * 24 * 3600,
  IdToken: 3600,
  // Anybody can begin one, and each is kept until it is over.
  Interaction: 15 * 60,
  PushedAuthorizationRequest: 60,
  RefreshToken: 14 * 24 * 3600,
  ReplayDetection: 300,
  Session: 24 * 3600,
};
const ROUTES = {
  authorization: '/authorize',
  token: '/token',
  introspection: '/introspection',
  revocation: '/revocation',
  userinfo: '/userinfo',
  jwks: '/jwks',
  end_session: '/end-session',
  pushed_authorization_request: '/par',
  device_authorization: '/device-authorization',
  // People type codes on the gateway's page; what is asked for here leads there.
  code_verification: '/device',
};

export interface ProviderOptions {
  publicUrl: string;
  outbound: Outbound;
  keys: JWK[];
  scopes: ReadonlySet<string>;
  cookieKeys: string[];
  nonceSecret: Buffer;
  openEm: OpenEm;
  liveSessions: LiveSessions;
  /** Proves that the gateway says who is signed in. */
  signedInKey: Buffer;
  /** Awaited after whatever ends access tokens. */
  tokensEnded(): Promise<void>;
  clock: Clock;
  log: Logger;
  claims: AccountClaims;
}

/** Audience of tokens for the graph. */
export const graphAudience = (publicUrl: string): string => `${publicUrl}/graphql`;

function cookies({ publicUrl, cookieKeys }: ProviderOptions): Configuration['cookies'] {
  const secure = publicUrl.startsWith('https:');
  const shared = { signed: true, httpOnly: true, sameSite: 'lax', secure } as const;
  // `__Host-` demands the path `/`, which only the session's cookie has.
  const names = secure
    ? { session: '__Host-polity-oidc', interaction: '__Secure-polity-oidc-i', resume: '__Secure-polity-oidc-r' }
    : { session: 'polity-oidc', interaction: 'polity-oidc-i', resume: 'polity-oidc-r' };
  return { keys: cookieKeys, names, long: { ...shared }, short: { ...shared } };
}

const sees = (client: Client, token: { clientId?: string | undefined }) => token.clientId === client.clientId;

/** A device has no session with which its tokens could end, so without `offline_access` it gets nothing that lasts. */
const mayOutlive = ({ kind, scopes }: { kind: string; scopes: Set<string> }) =>
  kind !== 'DeviceCode' || scopes.has('offline_access');

function features(options: ProviderOptions): Configuration['features'] {
  const { publicUrl } = options;
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => sees(client, token) },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => sees(client, token) },
    userinfo: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    deviceFlow: { enabled: true, charset: 'base-20', mask: '****-****', deviceInfo: () => ({}) },
    dPoP: { enabled: true, nonceSecret: options.nonceSecret, requireNonce: () => false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource: logoutPage, postLogoutSuccessSource: loggedOutPage },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined as unknown as string,
      useGrantedResource: () => false,
      getResourceServerInfo(_ctx, resource, client) {
        if (resource !== graphAudience(publicUrl)) throw new errors.InvalidTarget();
        const scope = (client.scope ?? '').split(' ').filter(isGraphScope).join(' ');
        const accessTokenTTL = GATEWAY_TOKEN_SECONDS;
        return { scope, audience: resource, accessTokenTTL, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } };
      },
    },
  };
}

function configurationOf(options: ProviderOptions): Configuration {
  const { openEm, scopes, liveSessions, claims, outbound } = options;
  return {
    adapter: postgresAdapter({ openEm, knownScopes: scopes, liveSessions, tokensEnded: options.tokensEnded }),
    jwks: { keys: options.keys as never },
    scopes: [...scopes],
    acrValues: ['aal1', 'aal2'],
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time'],
      profile: ['name', 'preferred_username', 'updated_at'],
      email: ['email', 'email_verified'],
      iss: null,
      sid: null,
    },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    responseTypes: ['code'],
    subjectTypes: ['public'],
    pkce: { required: (_ctx, client) => client.require_pkce !== false },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256'], dPoPSigningAlgValues: ['ES256', 'EdDSA'] },
    extraClientMetadata: { properties: [...OWN_METADATA] },
    allowOmittingSingleRegisteredRedirectUri: false,
    cookies: cookies(options),
    features: features(options),
    routes: ROUTES,
    discovery: { registration_endpoint: `${options.publicUrl}/oidc/register` },
    ttl: TTL,
    clockTolerance: 5,
    rotateRefreshToken: true,
    issueRefreshToken: (_ctx, client, source) => client.grantTypeAllowed('refresh_token') && mayOutlive(source),
    // Without `offline_access` a refresh token ends with the session in which it was given.
    expiresWithSession: (_ctx, source) => !source.scopes.has('offline_access'),
    interactions: { url: (ctx, { uid }) => pageOf(options, ctx, uid), policy: interactions(options) },
    loadExistingGrant: grantFinder(openEm),
    findAccount: claims.findAccount,
    extraTokenClaims: claims.extraTokenClaims,
    renderError: errorPage,
    clientBasedCORS: (_ctx, origin, client) =>
      client.tokenEndpointAuthMethod === 'none' &&
      (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin),
    // Logout notices, keys and whatever else the library asks of applications' servers. It waits 2.5 seconds itself.
    fetch: outboundFetch(outbound, { maxBytes: ANSWER_BYTES }),
  };
}

interface IdMaker {
  resourceServer?: { accessTokenFormat?: string };
  generateTokenId(): string;
}

function withPrefixes({ AccessToken, ClientCredentials, RefreshToken }: Provider): void {
  for (const model of [AccessToken, ClientCredentials, RefreshToken]) {
    const maker = model.prototype as unknown as IdMaker;
    const generate = maker.generateTokenId;
    const prefix = TOKEN_PREFIX.get(model.name) ?? '';
    maker.generateTokenId = function prefixed(this: IdMaker) {
      const id = generate.call(this);
      return this.resourceServer?.accessTokenFormat === 'jwt' ? id : `${prefix}${id}`;
    };
  }
}

/** What the store or the database kept from being answered is no fault of the request, and the same may succeed later. */
function sayLater(ctx: KoaContextWithOIDC): void {
  // Whoever is sent back to their application with the error keeps that answer.
  if (ctx.status !== 500) return;
  ctx.status = 503;
  ctx.set('retry-after', '1');
  if (ctx.type !== 'text/html') ctx.body = { error: 'temporarily_unavailable', error_description: 'try again' };
}

/** The OpenID Connect provider over one set of keys and scopes; a change of either makes a new one. */
export function createProvider(options: ProviderOptions): Provider {
  const { publicUrl, clock, log } = options;
  const provider = new Provider(publicUrl, configurationOf(options));
  // The mount says what the public address is, in the headers of a proxy.
  provider.proxy = true;
  provider.Client.prototype.compareClientSecret = function compare(this: Client, secret: string) {
    return secretMatches(String(this.secret_hashes), secret, clock.nowMs() / 1000);
  };
  withBrowserSession(provider, options.signedInKey);
  withPrefixes(provider);
  withClaimsInIdToken(provider);
  provider.use(afterwards(options));
  // Koa prints to the console what nobody listens to; the library's types leave this event out.
  (provider as EventEmitter).on('error', (err: unknown) => log.error({ err }, 'the OpenID Connect provider failed'));
  provider.on('server_error', (ctx, err) => {
    if (isOutage(err)) sayLater(ctx);
    log.error({ err, requestId: ctx.res.getHeader('x-request-id') }, 'the OpenID Connect provider failed');
  });
  provider.on('backchannel.error', (_ctx, err, client) =>
    log.warn({ err, clientId: client.clientId }, 'back-channel logout failed'),
  );
  return provider;
}
