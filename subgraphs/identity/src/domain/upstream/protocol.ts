import { createHash } from 'node:crypto';
import type { Outbound } from '@polity/kernel/http/outbound';
import { OutboundError } from '@polity/kernel/http/outbound-error';
import { outboundFetch } from '@polity/kernel/http/outbound-fetch';
import * as oauth from 'oauth4webapi';
import type { Provider } from './presets.ts';
import { UpstreamRefused, UpstreamUnavailable } from './upstream.errors.ts';

/** One answer of a provider; a sign-in waits for four of them at most, and no operation waits longer than two seconds. */
const LIMITS = { timeoutMs: 1_500, maxBytes: 256 * 1024 };
const METADATA_MS = 10 * 60_000;
const MAX_KNOWN = 500;

/** What a provider says of somebody, in our words and within bounds. */
export interface Person {
  subject: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  username: string | null;
}

/** What begins a visit to a provider, and what must come back from it. */
export interface Secrets {
  verifier: string;
  nonce: string;
}

/** A visit to a provider as it begins. */
export interface Visit {
  redirectUri: string;
  state: string;
  secrets: Secrets;
}

interface Returned {
  provider: Provider;
  redirectUri: string;
  secrets: Secrets;
  /** `code`, and `iss` where the provider says it. */
  parameters: URLSearchParams;
}

/** How this process speaks with providers. */
export interface Upstreams {
  /** Address at the provider. Throws UpstreamUnavailable. */
  address(provider: Provider, visit: Visit): Promise<string>;
  /** Exchanges what came back for who it is. Throws UpstreamRefused, UpstreamUnavailable. */
  person(returned: Returned): Promise<Person>;
}

export const newSecrets = (): Secrets => ({
  verifier: oauth.generateRandomCodeVerifier(),
  nonce: oauth.generateRandomNonce(),
});

/** Whatever went wrong: what the provider said is not accepted, or it said nothing that can be read. */
function failure(error: unknown): Error {
  if (error instanceof UpstreamRefused || error instanceof UpstreamUnavailable) return error;
  const cause = error instanceof Error ? (error.cause as unknown) : null;
  const isAway = [error, cause].some((each) => each instanceof OutboundError);
  return isAway ? new UpstreamUnavailable(error) : new UpstreamRefused(error);
}

async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw failure(error);
  }
}

function textOf(value: unknown, max: number): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.length > 0 && text.length <= max && !text.includes('\0') ? text : null;
}

function personOf({ claims }: Provider, said: Record<string, unknown>): Person {
  const subject = textOf(Object.hasOwn(said, claims.subject) ? said[claims.subject] : null, 255);
  if (subject === null) throw new UpstreamRefused(new Error('the provider does not say who it is'));
  const own = (name: string) => (Object.hasOwn(said, name) ? said[name] : null);
  return {
    subject,
    email: textOf(own(claims.email), 254),
    // Some write it as a text.
    emailVerified: own(claims.verified) === true || own(claims.verified) === 'true',
    name: textOf(own(claims.name), 200),
    username: textOf(own(claims.username), 200),
  };
}

/** The way out of one process, and what it knows of providers. */
interface Wire {
  options: {
    [oauth.customFetch]: (url: string, init: unknown) => Promise<Response>;
    [oauth.allowInsecureRequests]: true;
  };
  serverOf(provider: Provider): Promise<oauth.AuthorizationServer>;
}

function authentication(server: oauth.AuthorizationServer, secret: string): oauth.ClientAuth {
  const methods = server.token_endpoint_auth_methods_supported;
  const byPost = methods !== undefined && !methods.includes('client_secret_basic');
  return byPost ? oauth.ClientSecretPost(secret) : oauth.ClientSecretBasic(secret);
}

const unavailable = (cause: unknown) => {
  throw new UpstreamUnavailable(cause);
};

/** Each request goes through the one way out, which alone decides where plain http may go. */
function wire(outbound: Outbound, nowMs: () => number): Wire {
  const send = outboundFetch(outbound, LIMITS);
  const options: Wire['options'] = {
    [oauth.customFetch]: (url, init) => send(url, init as RequestInit),
    [oauth.allowInsecureRequests]: true,
  };
  const known = new Map<string, { server: oauth.AuthorizationServer; until: number }>();
  return {
    options,
    async serverOf({ issuer, fixed }) {
      if (fixed) return fixed;
      const kept = known.get(issuer);
      if (kept && kept.until > nowMs()) return kept.server;
      const url = new URL(issuer);
      const found = await oauth.discoveryRequest(url, options).catch(unavailable);
      const server = await oauth.processDiscoveryResponse(url, found).catch(unavailable);
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(issuer, { server, until: nowMs() + METADATA_MS });
      return server;
    },
  };
}

interface Exchange {
  wire: Wire;
  provider: Provider;
  server: oauth.AuthorizationServer;
  client: oauth.Client;
  response: Response;
}

/** What the ID token says, once its signature and every claim that matters was checked, and what the provider adds to it. */
async function fromIdToken({ wire, provider, server, client, response }: Exchange, nonce: string): Promise<Person> {
  const checks = { expectedNonce: nonce, requireIdToken: true };
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, checks);
  await oauth.validateApplicationLevelSignature(server, response, wire.options);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  if (!claims) throw new UpstreamRefused(new Error('the provider sent no ID token'));
  const lacks = [provider.claims.email, provider.claims.name].some((name) => claims[name] === undefined);
  if (!lacks || !server.userinfo_endpoint) return personOf(provider, claims);
  const more = await oauth.userInfoRequest(server, client, tokens.access_token, wire.options);
  const said = await oauth.processUserInfoResponse(server, client, claims.sub, more);
  // What was signed goes before what was only said.
  return personOf(provider, { ...said, ...claims });
}

/** What a provider of plain OAuth 2 says of whoever its token is of. */
async function fromUserEndpoint({ wire, provider, server, client, response }: Exchange): Promise<Person> {
  const { access_token: token } = await oauth.processAuthorizationCodeResponse(server, client, response);
  const url = new URL(server.userinfo_endpoint as string);
  const headers = new Headers({ accept: 'application/json' });
  const answer = await oauth.protectedResourceRequest(token, 'GET', url, headers, null, wire.options);
  if (answer.status !== 200) throw new UpstreamUnavailable(new Error(`status ${answer.status}`));
  return personOf(provider, (await answer.json()) as Record<string, unknown>);
}

async function addressOf({ serverOf }: Wire, provider: Provider, visit: Visit): Promise<string> {
  const { redirectUri, state, secrets } = visit;
  const { authorization_endpoint: endpoint } = await serverOf(provider);
  const url = URL.parse(endpoint ?? '');
  if (!url || !/^https?:$/.test(url.protocol)) throw new UpstreamUnavailable(new Error('no place to authorize'));
  const parameters = {
    response_type: 'code',
    client_id: provider.clientId,
    redirect_uri: redirectUri,
    scope: provider.scopes.join(' '),
    state,
    code_challenge: createHash('sha256').update(secrets.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(!provider.fixed && { nonce: secrets.nonce }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

async function personFrom(wire: Wire, { provider, redirectUri, secrets, parameters }: Returned): Promise<Person> {
  const server = await wire.serverOf(provider);
  const client = { client_id: provider.clientId };
  const { options } = wire;
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authentication(server, provider.clientSecret),
    // State was looked up already; the issuer is compared where the provider names it.
    oauth.validateAuthResponse(server, client, parameters, oauth.expectNoState),
    redirectUri,
    secrets.verifier,
    options,
  );
  const exchange = { wire, provider, server, client, response };
  return provider.fixed ? fromUserEndpoint(exchange) : fromIdToken(exchange, secrets.nonce);
}

/** The way to providers. */
export function upstreams(outbound: Outbound, nowMs: () => number): Upstreams {
  const out = wire(outbound, nowMs);
  return {
    address: (provider, visit) => told(() => addressOf(out, provider, visit)),
    person: (returned) => told(() => personFrom(out, returned)),
  };
}
