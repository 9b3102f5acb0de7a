import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SIGNED_IN_HEADER, type SignedIn, sealSignedIn, signedInKey } from '@polity/kernel/request/signed-in';
import { serviceViewer, type WorldOptions } from '@polity/kernel/testing/harness';
import fastify, { type FastifyInstance } from 'fastify';
import * as client from 'openid-client';
import type { AuthorizationView } from '../src/oidc/authorization.ts';
import { aPerson, aTenant, type IdentityWorld, type Person, type Place, startIdentity } from './harness.ts';

export const CALLBACK = 'https://app.example/callback';
export const SCOPES = ['openid', 'profile', 'email', 'offline_access', 'graph.read'];

/** A browser: it keeps cookies by path and follows nothing by itself. The gateway before the provider says who is signed in at it. */
export interface Browser {
  get(url: string): Promise<Response>;
  post(url: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  cookies: Map<string, { value: string; path: string }>;
  signedIn: SignedIn | null;
  /** Header `Cookie` of a request for this path. */
  cookieFor(path: string): string;
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
    browser: () => aBrowser(toPort, base, signedInKey(world.platform.masterSecret)),
    async close() {
      await app.close();
      await close();
    },
  });
}

function aBrowser(send: typeof fetch, base: string, key: Buffer): Browser {
  const cookies: Browser['cookies'] = new Map();
  const isFor = (pathname: string, path: string) =>
    pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
  const cookieFor = (pathname: string) =>
    [...cookies]
      .filter(([, { path }]) => isFor(pathname, path))
      .map(([name, { value }]) => `${name.split(' ')[0]}=${value}`)
      .join('; ');
  async function go(url: string, init: RequestInit): Promise<Response> {
    const target = new URL(url, base);
    const cookie = cookieFor(target.pathname);
    const told = browser.signedIn && { [SIGNED_IN_HEADER]: sealSignedIn(key, browser.signedIn) };
    const response = await send(target.href, {
      ...init,
      redirect: 'manual',
      headers: { ...told, ...init.headers, ...(cookie && { cookie }) },
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
  const browser: Browser = {
    cookies,
    cookieFor,
    signedIn: null,
    get: (url) => go(url, {}),
    post: (url, fields, headers = {}) =>
      go(url, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: base, ...headers },
      }),
  };
  return browser;
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

/** Signs a person in at the gateway, in a session that goes on. */
export async function signIn(world: OidcWorld, browser: Browser, person: Person, more: Partial<SignedIn> = {}) {
  const authTime = Math.floor(world.clock.nowMs() / 1000);
  const proved = { userId: person.id, amr: ['pwd'], acr: 'aal1', authTime };
  const signedIn: SignedIn = { ...proved, sessionId: randomUUID(), proof: randomUUID(), ...more };
  await world.ports.oidc.liveSessions.begin(signedIn.sessionId);
  browser.signedIn = signedIn;
}

/** Proves anew who somebody is, in the session that they have. */
export function proveAnew(browser: Browser, more: Partial<SignedIn> = {}): void {
  browser.signedIn = { ...(browser.signedIn as SignedIn), proof: randomUUID(), ...more };
}

const VIEW = 'query($visit: JSON!) { view: _authorization(visit: $visit) }';
const ANSWER =
  'mutation($visit: JSON!, $answer: String!) { path: _answerAuthorization(visit: $visit, answer: $answer) }';
const GATEWAY = serviceViewer('gateway');

/** What the gateway hands over of this browser, at the page of an authorization. */
export function visitOf(browser: Browser, page: string) {
  const { pathname } = new URL(page, 'http://localhost:4000');
  const uid = pathname.split('/').at(-1) as string;
  return { uid, cookies: browser.cookieFor(pathname), signedIn: browser.signedIn, address: null, device: null };
}

export async function viewOf(world: OidcWorld, browser: Browser, page: string, viewer = GATEWAY) {
  const visit = visitOf(browser, page);
  return (await world.data<{ view: AuthorizationView | null }>(viewer, VIEW, { visit }, { tenantId: null })).view;
}

export async function answerTo(world: OidcWorld, browser: Browser, page: string, answer: string, viewer = GATEWAY) {
  const visit = visitOf(browser, page);
  return world.gql(viewer, ANSWER, { visit, answer }, { tenantId: null });
}

/** Opens a request, and returns the page of the gateway to which it leads. */
export async function begin(browser: Browser, authorizeUrl: string): Promise<string> {
  const page = (await browser.get(authorizeUrl)).headers.get('location') ?? '';
  if (!page.startsWith('/account/authorize/')) throw new Error(`led to ${page}`);
  return page;
}

/** What the page of the gateway does for somebody who allows everything; the path at which the browser goes on. */
async function passPage(world: OidcWorld, browser: Browser, page: string): Promise<string> {
  const { need } = (await viewOf(world, browser, page)) ?? {};
  if (need === 'PROOF') {
    proveAnew(browser);
    return page;
  }
  const answer = need === 'NOTHING' ? 'CONTINUE' : need === 'CONSENT' ? 'ALLOW' : 'REFUSE';
  const { data, errors } = await answerTo(world, browser, page, answer);
  if (errors) throw new Error(JSON.stringify(errors));
  return (data as { path: string }).path;
}

/** Goes through an authorization as who is signed in, or as the person given, and allows everything; the address at which that ends. */
export async function consentTo(
  world: OidcWorld,
  browser: Browser,
  authorizeUrl: string,
  person: Person = world.person,
): Promise<URL> {
  const { signedIn } = browser;
  if (!signedIn || !(await world.ports.oidc.liveSessions.isLive(signedIn.sessionId)))
    await signIn(world, browser, person);
  let next = authorizeUrl;
  for (let step = 0; step < 8; step += 1) {
    if (next.startsWith('/account/authorize/')) next = await passPage(world, browser, next);
    const response = await browser.get(next);
    next = response.headers.get('location') ?? '';
    if (!next) throw new Error(`the flow did not end: ${response.status} ${await response.text()}`);
    if (!next.startsWith(world.url('')) && !next.startsWith('/')) return new URL(next);
  }
  throw new Error(`the flow did not end: ${next}`);
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
