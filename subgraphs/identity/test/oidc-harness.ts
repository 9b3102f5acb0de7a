import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { WorldOptions } from '@polity/kernel/testing/harness';
import fastify, { type FastifyInstance } from 'fastify';
import * as client from 'openid-client';
import { aPerson, aTenant, type IdentityWorld, PASSWORD, type Person, type Place, startIdentity } from './harness.ts';

export const CALLBACK = 'https://app.example/callback';
export const SCOPES = ['openid', 'profile', 'email', 'offline_access', 'graph.read'];

/** A browser: it keeps cookies by path and follows nothing by itself. */
export interface Browser {
  get(url: string): Promise<Response>;
  post(url: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  cookies: Map<string, { value: string; path: string }>;
}

export interface OidcWorld extends IdentityWorld {
  app: FastifyInstance;
  place: Place;
  person: Person;
  /** Sends what is meant for the public address to the port that was bound. */
  fetch: typeof fetch;
  url(path: string): string;
  browser(): Browser;
}

export async function startOidc(options: Partial<WorldOptions> = {}): Promise<OidcWorld> {
  const world = await startIdentity(options);
  const app = fastify({ forceCloseConnections: true });
  await world.subgraph('identity').routes(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const base = world.platform.publicUrl;
  const toPort: typeof fetch = (input, init) => fetch(String(input).replace(base, `http://127.0.0.1:${port}`), init);
  const place = await aTenant(world);
  const person = await aPerson(world);
  const url = (path: string) => `${base}${path}`;
  const close = world.close.bind(world);
  return Object.assign(world, {
    app,
    place,
    person,
    fetch: toPort,
    url,
    browser: () => aBrowser(toPort, base),
    async close() {
      await app.close();
      await close();
    },
  });
}

function aBrowser(send: typeof fetch, base: string): Browser {
  const cookies: Browser['cookies'] = new Map();
  async function go(url: string, init: RequestInit): Promise<Response> {
    const target = new URL(url, base);
    const cookie = [...cookies]
      .filter(
        ([, { path }]) =>
          target.pathname === path || target.pathname.startsWith(path.endsWith('/') ? path : `${path}/`),
      )
      .map(([name, { value }]) => `${name.split(' ')[0]}=${value}`)
      .join('; ');
    const response = await send(target.href, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie && { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? '/';
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const gone = attributes.some((part) => /^expires=Thu, 01 Jan 1970/i.test(part));
      if (gone) cookies.delete(`${name} ${path}`);
      else cookies.set(`${name} ${path}`, { value, path });
    }
    return response;
  }
  return {
    cookies,
    get: (url) => go(url, {}),
    post: (url, fields, headers = {}) =>
      go(url, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: base, ...headers },
      }),
  };
}

export interface AppSpec {
  confidential?: boolean;
  redirectUris?: string[];
  scopes?: string[];
  status?: string;
  backchannelLogoutUri?: string | null;
  postLogoutRedirectUris?: string[];
  requirePkce?: boolean;
  claimsInIdToken?: boolean;
  idTokenAlgorithm?: 'ES256' | 'RS256';
}

export interface TestClient {
  id: string;
  secret: string;
}

/** An application as the verbs write it, made by hand where a test is not about them. */
export async function anApplication(world: OidcWorld, spec: AppSpec = {}): Promise<TestClient> {
  const {
    confidential = true,
    redirectUris = [CALLBACK],
    scopes = SCOPES,
    status = 'APPROVED',
    backchannelLogoutUri = null,
    postLogoutRedirectUris = ['https://app.example/bye'],
    requirePkce = true,
    claimsInIdToken = false,
    idTokenAlgorithm = 'RS256',
  } = spec;
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const em = world.subgraph('identity').runtime.em(world.place.id);
  await em.transactional(async (tx) => {
    await tx.execute(
      `insert into application (id, created_at, tenant_id, name, confidential, client_credentials, redirect_uris, post_logout_redirect_uris,
         backchannel_logout_uri, requested_scopes, approved_scopes, status, created_by, updated_at,
         require_pkce, claims_in_id_token, id_token_algorithm)
       values (?, now(), ?, 'Test app', ?, true, ?::jsonb, ?::jsonb, ?, ?::jsonb, ?::jsonb, ?, ?, now(), ?, ?, ?)`,
      [
        id,
        world.place.id,
        confidential,
        JSON.stringify(redirectUris),
        JSON.stringify(postLogoutRedirectUris),
        backchannelLogoutUri,
        JSON.stringify(scopes),
        JSON.stringify(scopes),
        status,
        world.place.owner.id,
        requirePkce,
        claimsInIdToken,
        idTokenAlgorithm,
      ],
    );
    const hash = createHash('sha256').update(secret).digest('base64url');
    await tx.execute(
      "insert into application_secret (id, created_at, tenant_id, application_id, hash, hint, expires_at) values (?, now(), ?, ?, ?, ?, now() + interval '1 day')",
      [randomUUID(), world.place.id, id, hash, secret.slice(-4)],
    );
  });
  return { id, secret };
}

/** openid-client set up by discovery, as an integrator would. */
export async function discover(
  world: OidcWorld,
  { id, secret }: TestClient,
  authentication?: client.ClientAuth,
): Promise<client.Configuration> {
  const options = { [client.customFetch]: world.fetch as client.CustomFetch, execute: [client.allowInsecureRequests] };
  return client.discovery(
    new URL(world.url('')),
    id,
    secret,
    authentication ?? client.ClientSecretBasic(secret),
    options,
  );
}

const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

/** Signs in and allows everything, as a person would in a browser; returns the address to which the browser is sent in the end. */
export async function consentTo(
  world: OidcWorld,
  browser: Browser,
  authorizeUrl: string,
  person: Person = world.person,
): Promise<URL> {
  let response = await browser.get(authorizeUrl);
  for (let step = 0; step < 8; step += 1) {
    const location = response.headers.get('location');
    if (location && !location.startsWith(world.url('')) && !location.startsWith('/')) return new URL(location);
    if (location) response = await browser.get(location);
    else response = await answer(browser, response, person);
  }
  throw new Error(`the flow did not end: ${response.status} ${await response.text()}`);
}

async function answer(browser: Browser, response: Response, person: Person): Promise<Response> {
  const html = await response.text();
  const action = /<form method="post" action="([^"]*\/(?:login|consent))"/.exec(html)?.[1];
  if (!action) throw new Error(`no form in ${response.status} ${html}`);
  const csrf = hidden(html, 'csrf');
  const fields: Record<string, string> = action.endsWith('/login')
    ? { csrf, email: person.email, password: PASSWORD }
    : { csrf };
  return browser.post(action, fields);
}

export interface Flow {
  url: string;
  verifier: string;
  state: string;
  nonce: string;
}

/** An authorization request with PKCE, state and nonce. */
export async function authorizeUrl(config: client.Configuration, more: Record<string, string> = {}): Promise<Flow> {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: SCOPES.join(' '),
    prompt: 'consent',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  });
  return { url: url.href, verifier, state, nonce };
}

/** The whole flow: tokens of a person for a client. */
export async function tokensFor(
  world: OidcWorld,
  config: client.Configuration,
  more: Record<string, string> = {},
  browser = world.browser(),
) {
  const flow = await authorizeUrl(config, more);
  const callback = await consentTo(world, browser, flow.url);
  if (callback.searchParams.has('error')) throw new Error(callback.href);
  const checks = { pkceCodeVerifier: flow.verifier, expectedState: flow.state, expectedNonce: flow.nonce };
  return client.authorizationCodeGrant(config, callback, checks, more.resource ? { resource: more.resource } : {});
}
