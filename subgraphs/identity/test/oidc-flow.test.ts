import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import {
  anApplication,
  authorizeUrl,
  consentTo,
  discover,
  type OidcWorld,
  startOidc,
  tokensFor,
} from './oidc-harness.ts';

let world: OidcWorld;
let config: client.Configuration;
beforeAll(async () => {
  world = await startOidc();
  config = await discover(world, await anApplication(world));
});
afterAll(() => world.close());

const GRAPH = 'http://localhost:4000/graphql';

test('openid-client completes code and PKCE, and learns who signed in', async () => {
  const tokens = await tokensFor(world, config);
  const { client_id: aud } = config.clientMetadata();
  expect(tokens.claims()).toMatchObject({ sub: world.person.id, aud, acr: 'aal1', amr: ['pwd'] });
  expect(tokens.access_token).toMatch(/^polity_at_/);
  expect(tokens.refresh_token).toMatch(/^polity_rt_/);
  const info = await client.fetchUserInfo(config, tokens.access_token, world.person.id);
  const { email, username } = world.person;
  expect(info).toMatchObject({ sub: world.person.id, email, email_verified: true, preferred_username: username });
});

test('both discovery documents answer at the root, with the public address whatever the Host header says', async () => {
  const paths = ['', '/oidc'].flatMap((place) => [
    `${place}/.well-known/openid-configuration`,
    `${place}/.well-known/oauth-authorization-server`,
  ]);
  const answers = await Promise.all(paths.map((path) => world.fetch(world.url(path))));
  const documents = (await Promise.all(answers.map((answer) => answer.json()))) as Record<string, unknown>[];
  for (const document of documents) expect(document).toEqual(documents[0]);
  expect(documents[0]).toMatchObject({
    issuer: 'http://localhost:4000',
    token_endpoint: 'http://localhost:4000/oidc/token',
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256'],
    pushed_authorization_request_endpoint: 'http://localhost:4000/oidc/par',
    backchannel_logout_supported: true,
    authorization_response_iss_parameter_supported: true,
  });
});

test('a refresh gives a new refresh token, and the old one used again ends the whole family', async () => {
  const first = await tokensFor(world, config);
  const second = await client.refreshTokenGrant(config, first.refresh_token!);
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect((await client.tokenIntrospection(config, second.access_token)).active).toBe(true);
  await expect(client.refreshTokenGrant(config, first.refresh_token!)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  await expect(client.refreshTokenGrant(config, second.refresh_token!)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  expect((await client.tokenIntrospection(config, second.access_token)).active).toBe(false);
});

test('client credentials, introspection and revocation', async () => {
  const { access_token: token } = await client.clientCredentialsGrant(config, { scope: 'graph.read' });
  expect(await client.tokenIntrospection(config, token)).toMatchObject({
    active: true,
    client_id: config.clientMetadata().client_id,
    scope: 'graph.read',
    tid: world.place.id,
  });
  await client.tokenRevocation(config, token);
  expect(await client.tokenIntrospection(config, token)).toEqual({ active: false });
});

test('a token for the gateway is an at+jwt of five minutes, signed by a published key, with tenant, assurance and roles', async () => {
  const { access_token: jwt } = await tokensFor(world, config, { scope: 'openid graph.read', resource: GRAPH });
  expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  const claims = decodeJwt(jwt);
  expect(claims).toMatchObject({
    iss: 'http://localhost:4000',
    aud: GRAPH,
    sub: world.person.id,
    client_id: config.clientMetadata().client_id,
    scope: 'graph.read',
    tid: world.place.id,
    acr: 'aal1',
    amr: ['pwd'],
    roles: ['tenant.member'],
    sid: expect.any(String),
    auth_time: expect.any(Number),
  });
  expect(claims.exp! - claims.iat!).toBe(300);
  const { keys } = (await (await world.fetch(world.url('/oidc/jwks'))).json()) as { keys: Record<string, unknown>[] };
  expect(keys.map(({ kid }) => kid)).toContain(decodeProtectedHeader(jwt).kid);
  expect(keys.every((key) => !('d' in key))).toBe(true);
});

test('a pushed authorization request takes the place of its parameters', async () => {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const url = await client.buildAuthorizationUrlWithPAR(config, {
    redirect_uri: 'https://app.example/callback',
    scope: 'openid',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  expect(url.searchParams.has('redirect_uri')).toBe(false);
  const callback = await consentTo(world, world.browser(), url.href);
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
  expect((await client.authorizationCodeGrant(config, callback, checks)).claims()?.sub).toBe(world.person.id);
});

test('a token bound by DPoP is refused without its proof', async () => {
  const flow = await authorizeUrl(config);
  const callback = await consentTo(world, world.browser(), flow.url);
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
  const checks = { pkceCodeVerifier: flow.verifier, expectedState: flow.state, expectedNonce: flow.nonce };
  const tokens = await client.authorizationCodeGrant(config, callback, checks, undefined, { DPoP });
  expect(tokens.token_type).toBe('dpop');
  expect((await client.fetchUserInfo(config, tokens.access_token, world.person.id, { DPoP })).sub).toBe(
    world.person.id,
  );
  const bare = await world.fetch(world.url('/oidc/userinfo'), {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  expect(bare.status).toBe(401);
});

test('signing out at the application ends the session here, its tokens without offline access, and tells the application', async () => {
  const told: string[] = [];
  const listener = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      told.push(new URLSearchParams(body).get('logout_token') ?? '');
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const backchannelLogoutUri = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/logout`;
  const own = await discover(world, await anApplication(world, { backchannelLogoutUri }));
  const browser = world.browser();
  const tokens = await tokensFor(world, own, { scope: 'openid' }, browser);
  const url = client.buildEndSessionUrl(own, {
    id_token_hint: tokens.id_token!,
    post_logout_redirect_uri: 'https://app.example/bye',
    state: 's1',
  });
  const page = await browser.get(url.href);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await page.text())?.[1] as string;
  const done = await browser.post('/oidc/end-session/confirm', { xsrf, logout: 'yes' });
  expect(done.headers.get('location')).toBe('https://app.example/bye?state=s1');
  listener.closeAllConnections();
  listener.close();

  expect(told).toHaveLength(1);
  expect(decodeProtectedHeader(told[0]!)).toMatchObject({ typ: 'logout+jwt', alg: 'RS256' });
  const claims = decodeJwt(told[0]!);
  expect(claims).toMatchObject({
    sub: world.person.id,
    aud: own.clientMetadata().client_id,
    sid: tokens.claims()?.sid,
  });
  expect(claims.exp! - claims.iat!).toBeLessThanOrEqual(120);
  expect(claims).not.toHaveProperty('nonce');
  expect((await client.tokenIntrospection(own, tokens.access_token)).active).toBe(false);
  await expect(client.refreshTokenGrant(own, tokens.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('who has allowed it before goes through without a question, and asked to prompt nothing gets an error instead of a page', async () => {
  const browser = world.browser();
  await tokensFor(world, config, {}, browser);
  const silent = await authorizeUrl(config, { prompt: 'none', scope: 'openid profile' });
  const answer = await browser.get(silent.url);
  expect(new URL(answer.headers.get('location')!).searchParams.get('code')).toBeTruthy();
  const stranger = await world.browser().get(silent.url);
  expect(new URL(stranger.headers.get('location')!).searchParams.get('error')).toBe('login_required');
});

test('an application that wants a second factor gets a new sign-in, and is told what was proved', async () => {
  const browser = world.browser();
  await tokensFor(world, config, {}, browser);
  const silent = await authorizeUrl(config, { prompt: 'none', scope: 'openid', acr_values: 'aal2' });
  const answer = await browser.get(silent.url);
  expect(new URL(answer.headers.get('location')!).searchParams.get('error')).toBe('login_required');
  const tokens = await tokensFor(world, config, { acr_values: 'aal2' }, browser);
  expect(tokens.claims()?.acr).toBe('aal1');
});

test('a session of one factor opens no application of a tenant that wants two', async () => {
  const browser = world.browser();
  await tokensFor(world, config, {}, browser);
  const silently = async () => {
    const { url } = await authorizeUrl(config, { prompt: 'none', scope: 'openid' });
    return new URL((await browser.get(url)).headers.get('location')!).searchParams;
  };
  expect((await silently()).get('code')).toBeTruthy();
  const em = world.subgraph('identity').runtime.em(null);
  const want = (wanted: boolean) =>
    em.execute('update tenant set mfa_required = ? where id = ?', [wanted, world.tenantId]);
  await want(true);
  expect((await silently()).get('error')).toBe('login_required');
  const { url } = await authorizeUrl(config);
  expect((await browser.get(url)).headers.get('location')).toContain('/account/authorize/');
  await want(false);
});

test('an application on the own machine may come back on any port, one on the web only to the very address', async () => {
  const redirectUris = ['http://127.0.0.1/cb'];
  const native = await anApplication(world, { redirectUris, postLogoutRedirectUris: [], confidential: false });
  const server = await anApplication(world, { redirectUris });
  const start = async ({ id }: { id: string }) => {
    const { url } = await authorizeUrl(config, { client_id: id, redirect_uri: 'http://127.0.0.1:50123/cb' });
    return (await world.browser().get(url)).headers.get('location');
  };
  expect(await start(native)).toContain('/account/authorize/');
  expect(await start(server)).toBeNull();
});

test('RFC 7636 appendix B: the verifier makes the challenge', async () => {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(challenge);
  const flow = await authorizeUrl(config, { code_challenge: challenge });
  const callback = await consentTo(world, world.browser(), flow.url);
  const checks = { pkceCodeVerifier: verifier, expectedState: flow.state, expectedNonce: flow.nonce };
  expect((await client.authorizationCodeGrant(config, callback, checks)).access_token).toBeTruthy();
});

test('nothing that opens something is stored in the clear', async () => {
  const browser = world.browser();
  const tokens = await tokensFor(world, config, {}, browser);
  const rows = await world.subgraph('identity').runtime.em(null).execute<object[]>('select * from oidc_payload');
  const keys = await world
    .subgraph('identity')
    .runtime.em(null)
    .execute<{ sealed_key: string }[]>('select * from signing_key');
  const dump = JSON.stringify([rows, keys]);
  const cookies = [...browser.cookies].filter(([name]) => !name.includes('.sig')).map(([, { value }]) => value);
  expect(cookies.length).toBeGreaterThan(0);
  for (const secret of [tokens.access_token, tokens.refresh_token!, ...cookies]) expect(dump).not.toContain(secret);
  expect(keys.every(({ sealed_key: sealed }) => /^v1\.k1\./.test(sealed))).toBe(true);
});
