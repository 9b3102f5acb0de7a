import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { Auth } from '@auth/core';
import * as oauth from 'oauth4webapi';
import { InMemoryWebStorage, OidcClient, WebStorageStateStore } from 'oidc-client-ts';
import * as client from 'openid-client';
import { generators, Issuer } from 'openid-client-5';
import { type Installation, startInstallation } from '../browser/installation.ts';
import { type Visitor, visitor } from './visitor.ts';

// What docs/clients-oidc.md shows, with the libraries themselves, against a whole installation behind its gateway.
const require = createRequire(import.meta.url);
const EMAIL = 'alice@demo.test';
const PASSWORD = 'polity-demo-password';
const CALLBACK = 'http://127.0.0.1:4999/callback';
const SCOPE = 'openid profile email';

let installation: Installation;
let issuer: string;
let alice: Visitor;
const servers: Server[] = [];

beforeAll(async () => {
  installation = await startInstallation('localhost');
  issuer = `http://localhost:${installation.port}`;
  alice = visitor({ email: EMAIL, password: PASSWORD });
}, 180_000);
afterAll(async () => {
  for (const server of servers) server.closeAllConnections();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  await installation?.stop();
}, 60_000);

interface Registered {
  clientId: string;
  clientSecret: string;
}

const SIGN_IN = `mutation { signIn(input: { email: "admin@demo.test", password: "${PASSWORD}" }) { __typename } }`;
const REGISTER = `mutation($input: RegisterApplicationInput!) { made: registerApplication(input: $input) { secret application { id } } }`;
const APPROVE = 'mutation($id: ID!) { made: approveApplication(id: $id) { status } }';

/** Asks the graph for the field `made`. */
const asker =
  (admin: Visitor) =>
  async <Made>(query: string, variables: object = {}): Promise<Made> => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query, variables });
    const answer = await admin.send(`${issuer}/graphql`, { method: 'POST', headers, body });
    const { data, errors } = (await answer.json()) as { data: { made: Made }; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data.made;
  };

/** Registers an application with nothing but what is given, and approves it. */
async function register(more: object = {}): Promise<Registered> {
  const ask = asker(visitor({ email: '', password: '' }));
  await ask(SIGN_IN);
  const input = { name: 'Example', redirectUris: [CALLBACK], scopes: SCOPE.split(' '), ...more };
  const { secret, application } = await ask<{ secret: string | null; application: { id: string } }>(REGISTER, {
    input,
  });
  await ask(APPROVE, { id: application.id });
  return { clientId: application.id, clientSecret: secret ?? '' };
}

/** An application that serves at a port of its own. */
async function serve(listener: (base: string) => RequestListener | Promise<RequestListener>): Promise<string> {
  const server = createServer();
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', await listener(base));
  return base;
}

const allow = async (url: string) => (await alice.go(url, CALLBACK)).url;

test('openid-client 6', async () => {
  const { clientId, clientSecret } = await register();
  const config = await client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    execute: [client.allowInsecureRequests],
  });
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: SCOPE,
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const checks = { pkceCodeVerifier: verifier, expectedState: state };
  const tokens = await client.authorizationCodeGrant(config, await allow(url.href), checks);
  const person = await client.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub as string);
  expect(person.email).toBe(EMAIL);
});

test('openid-client 5', async () => {
  const { clientId, clientSecret } = await register();
  const { Client } = await Issuer.discover(issuer);
  const own = new Client({ client_id: clientId, client_secret: clientSecret, redirect_uris: [CALLBACK] });
  const state = generators.state();
  const url = own.authorizationUrl({ scope: SCOPE, state });
  const params = own.callbackParams((await allow(url)).href);
  const tokens = await own.callback(CALLBACK, params, { state });
  expect((await own.userinfo(tokens)).email).toBe(EMAIL);
});

test('oauth4webapi', async () => {
  const { clientId, clientSecret } = await register();
  const insecure = { [oauth.allowInsecureRequests]: true };
  const discovered = await oauth.discoveryRequest(new URL(issuer), insecure);
  const as = await oauth.processDiscoveryResponse(new URL(issuer), discovered);
  const own: oauth.Client = { client_id: clientId };
  const verifier = oauth.generateRandomCodeVerifier();
  const url = new URL(as.authorization_endpoint as string);
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: SCOPE,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  const params = oauth.validateAuthResponse(as, own, await allow(url.href));
  const auth = oauth.ClientSecretBasic(clientSecret);
  const response = await oauth.authorizationCodeGrantRequest(as, own, auth, params, CALLBACK, verifier, insecure);
  const tokens = await oauth.processAuthorizationCodeResponse(as, own, response, { requireIdToken: true });
  const asked = await oauth.userInfoRequest(as, own, tokens.access_token, insecure);
  const { sub } = oauth.getValidatedIdTokenClaims(tokens) ?? { sub: '' };
  expect((await oauth.processUserInfoResponse(as, own, sub, asked)).email).toBe(EMAIL);
});

test('openid-client 6 registers an application by itself, which works once it was approved', async () => {
  const admin = visitor({ email: '', password: '' });
  const ask = asker(admin);
  await ask(SIGN_IN);
  const { secret: initialAccessToken } = await ask<{ secret: string }>(
    'mutation { made: createRegistrationToken(input: { name: "This test" }) { secret } }',
  );
  const metadata = { client_name: 'Registered', redirect_uris: [CALLBACK], scope: SCOPE };
  const config = await client.dynamicClientRegistration(new URL(issuer), metadata, undefined, {
    initialAccessToken,
    execute: [client.allowInsecureRequests],
  });
  const url = client.buildAuthorizationUrl(config, { redirect_uri: CALLBACK, scope: SCOPE });
  expect((await alice.go(url.href, CALLBACK)).text).toContain('invalid_client');
  await ask(APPROVE, { id: config.clientMetadata().client_id });
  const tokens = await client.authorizationCodeGrant(config, await allow(url.href));
  expect(tokens.claims()?.sub).toBeTruthy();
});

/** What a command line registers: it keeps no secret, and nobody is sent back to it. */
const DEVICE = { confidential: false, redirectUris: [], deviceFlow: true };

test('the device flow with openid-client 6', async () => {
  const { clientId } = await register(DEVICE);
  const config = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
  const asked = await client.initiateDeviceAuthorization(config, { scope: SCOPE });
  const page = await alice.go(asked.verification_uri_complete as string);
  expect(page.text).toContain('Go back to your device');
  const tokens = await client.pollDeviceAuthorizationGrant(config, { ...asked, interval: 0 });
  const person = await client.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub as string);
  expect(person.email).toBe(EMAIL);
});

test('the device flow with oauth4webapi', async () => {
  const { clientId } = await register(DEVICE);
  const insecure = { [oauth.allowInsecureRequests]: true };
  const discovered = await oauth.discoveryRequest(new URL(issuer), insecure);
  const as = await oauth.processDiscoveryResponse(new URL(issuer), discovered);
  const own: oauth.Client = { client_id: clientId };
  const begun = await oauth.deviceAuthorizationRequest(as, own, oauth.None(), { scope: SCOPE }, insecure);
  const asked = await oauth.processDeviceAuthorizationResponse(as, own, begun);
  const poll = async () => {
    const answer = await oauth.deviceCodeGrantRequest(as, own, oauth.None(), asked.device_code, insecure);
    return oauth.processDeviceCodeResponse(as, own, answer);
  };
  await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' });
  await alice.go(asked.verification_uri_complete as string);
  const tokens = await poll();
  expect(oauth.getValidatedIdTokenClaims(tokens)?.sub).toBeTruthy();
});

test('simple-oauth2', async () => {
  const { clientId, clientSecret } = await register();
  const { AuthorizationCode } = require('simple-oauth2');
  const own = new AuthorizationCode({
    client: { id: clientId, secret: clientSecret },
    auth: {
      tokenHost: issuer,
      tokenPath: '/oidc/token',
      authorizePath: '/oidc/authorize',
      revokePath: '/oidc/revocation',
    },
  });
  const url = own.authorizeURL({ redirect_uri: CALLBACK, scope: SCOPE, state: 'random' });
  const code = (await allow(url)).searchParams.get('code');
  const token = await own.getToken({ code, redirect_uri: CALLBACK, scope: SCOPE });
  expect(token.token).toMatchObject({ token_type: 'Bearer', scope: SCOPE });
  await token.revoke('access_token');
});

test('oidc-client-ts', async () => {
  const { clientId } = await register({ confidential: false });
  const stateStore = new WebStorageStateStore({ store: new InMemoryWebStorage() });
  const own = new OidcClient({
    authority: issuer,
    client_id: clientId,
    redirect_uri: CALLBACK,
    scope: SCOPE,
    stateStore,
    loadUserInfo: true,
  });
  const { url } = await own.createSigninRequest({});
  const { profile } = await own.processSigninResponse((await allow(url)).href);
  expect(profile.email).toBe(EMAIL);
});

test('passport-openidconnect', async () => {
  const express = require('express');
  const passport = new (require('passport').Passport)();
  const { Strategy } = require('passport-openidconnect');
  let own = {} as Registered;
  const base = await serve(async (at) => {
    own = await register({ redirectUris: [`${at}/callback`] });
    const settings = {
      issuer,
      authorizationURL: `${issuer}/oidc/authorize`,
      tokenURL: `${issuer}/oidc/token`,
      userInfoURL: `${issuer}/oidc/userinfo`,
      clientID: own.clientId,
      clientSecret: own.clientSecret,
      callbackURL: `${at}/callback`,
      scope: ['profile', 'email'],
      skipUserProfile: false,
    };
    const verify = (_issuer: string, profile: object, done: (error: null, person: object) => void) =>
      done(null, profile);
    passport.use('polity', new Strategy(settings, verify));
    const app = express();
    app.use(require('express-session')({ secret: 'for this test', resave: false, saveUninitialized: true }));
    app.get('/login', passport.authenticate('polity', { session: false }));
    app.get(
      '/callback',
      passport.authenticate('polity', { session: false }),
      (request: { user: object }, response: { json(body: object): void }) => response.json(request.user),
    );
    return app;
  });
  expect((await alice.go(`${base}/login`)).text).toContain(EMAIL);
});

test('express-openid-connect', async () => {
  const express = require('express');
  const { auth, requiresAuth } = require('express-openid-connect');
  const base = await serve(async (at) => {
    const { clientId, clientSecret } = await register({ redirectUris: [`${at}/callback`], claimsInIdToken: true });
    const app = express();
    app.use(
      auth({
        issuerBaseURL: issuer,
        baseURL: at,
        clientID: clientId,
        clientSecret,
        secret: 'a long secret of the application itself',
        authRequired: false,
        authorizationParams: { response_type: 'code' },
      }),
    );
    app.get('/me', requiresAuth(), (request: { oidc: { user: object } }, response: { json(body: object): void }) =>
      response.json(request.oidc.user),
    );
    return app;
  });
  expect((await alice.go(`${base}/me`)).text).toContain(EMAIL);
});

test('Auth.js', async () => {
  let config = {} as Parameters<typeof Auth>[1];
  const base = await serve((at) => async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = request.method === 'POST' ? { body: Buffer.concat(chunks) } : {};
    const headers = request.headers as Record<string, string>;
    const answer = await Auth(
      new Request(`${at}${request.url}`, { method: request.method as string, headers, ...body }),
      config,
    );
    const cookies = answer.headers.getSetCookie();
    const others = [...answer.headers].filter(([name]) => name !== 'set-cookie');
    response.writeHead(answer.status, {
      ...Object.fromEntries(others),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    });
    response.end(await answer.text());
  });
  const { clientId, clientSecret } = await register({
    redirectUris: [`${base}/auth/callback/polity`],
    claimsInIdToken: true,
  });
  config = {
    trustHost: true,
    secret: 'a long secret of the application itself',
    providers: [{ id: 'polity', name: 'Polity', type: 'oidc', issuer, clientId, clientSecret }],
  };
  const { csrfToken } = (await (await alice.send(`${base}/auth/csrf`)).json()) as { csrfToken: string };
  const begun = await alice.send(`${base}/auth/signin/polity`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: base },
    body: new URLSearchParams({ csrfToken }).toString(),
  });
  const end = await alice.go(begun.headers.get('location') as string, `${base}/auth/callback`);
  const back = await alice.send(end.url.href);
  expect(back.headers.get('location')).toBe(base);
  const session = (await (await alice.send(`${base}/auth/session`)).json()) as { user: { email: string } };
  expect(session.user.email).toBe(EMAIL);
});
