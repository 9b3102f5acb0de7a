import { randomUUID } from 'node:crypto';
import { serviceViewer } from '@polity/kernel/testing/harness';
import { generateKeyPair, importJWK, SignJWT } from 'jose';
import * as client from 'openid-client';
import { signingKeys } from '../src/domain/oidc-payload/signing-keys.ts';
import {
  anApplication,
  authorizeUrl,
  CALLBACK,
  consentTo,
  discover,
  type OidcWorld,
  startOidc,
  type TestClient,
  tokensFor,
} from './oidc-harness.ts';

let world: OidcWorld;
let app: TestClient;
let config: client.Configuration;
beforeAll(async () => {
  world = await startOidc();
  app = await anApplication(world);
  config = await discover(world, app);
});
afterAll(() => world.close());

/** What an authorization request is answered with: an error page of ours, or an error at the application. */
async function authorize(change: (params: URLSearchParams) => void): Promise<string> {
  const url = new URL((await authorizeUrl(config)).url);
  change(url.searchParams);
  const response = await world.browser().get(url.href);
  const location = response.headers.get('location');
  if (location?.startsWith('/account/authorize/')) return 'accepted';
  const error =
    location && new URLSearchParams(new URL(location).hash.slice(1) || new URL(location).search).get('error');
  if (location) return `sent back: ${error}`;
  return `page: ${/<code>(\w+)<\/code>/.exec(await response.text())?.[1]}`;
}

const set = (name: string, value: string) => (params: URLSearchParams) => params.set(name, value);
const drop = (name: string) => (params: URLSearchParams) => params.delete(name);

test.each<[string, (params: URLSearchParams) => void, string]>([
  ['a good request', () => undefined, 'accepted'],
  ['no PKCE', drop('code_challenge'), 'sent back: invalid_request'],
  ['PKCE "plain"', set('code_challenge_method', 'plain'), 'sent back: invalid_request'],
  ['a challenge that is none', set('code_challenge', 'short'), 'sent back: invalid_request'],
  ['another address', set('redirect_uri', 'https://evil.example/callback'), 'page: invalid_redirect_uri'],
  ['a longer path', set('redirect_uri', `${CALLBACK}/more`), 'page: invalid_redirect_uri'],
  ['a slash at the end', set('redirect_uri', `${CALLBACK}/`), 'page: invalid_redirect_uri'],
  ['a query behind it', set('redirect_uri', `${CALLBACK}?next=evil`), 'page: invalid_redirect_uri'],
  ['another port', set('redirect_uri', 'https://app.example:8443/callback'), 'page: invalid_redirect_uri'],
  ['plain http', set('redirect_uri', 'http://app.example/callback'), 'page: invalid_redirect_uri'],
  ['a subdomain', set('redirect_uri', 'https://a.app.example/callback'), 'page: invalid_redirect_uri'],
  ['no address', drop('redirect_uri'), 'page: invalid_request'],
  ['the implicit flow', set('response_type', 'token'), 'sent back: unsupported_response_type'],
  ['an ID token without a code', set('response_type', 'id_token'), 'sent back: unsupported_response_type'],
  ['the hybrid flow', set('response_type', 'code id_token'), 'sent back: unsupported_response_type'],
  ['a scope that was not approved', set('scope', 'openid graph.write'), 'sent back: invalid_scope'],
  ['an unknown resource', set('resource', 'https://elsewhere.example/'), 'sent back: invalid_target'],
  ['an unknown application', set('client_id', randomUUID()), 'page: invalid_client'],
  ['an application id that is none', set('client_id', "' or 1=1"), 'page: invalid_client'],
  ['a NUL in the state', set('state', 'a\u0000b'), 'sent back: invalid_request'],
])('authorization with %s', async (_, change, answer) => {
  expect(await authorize(change)).toBe(answer);
});

test.each(['PENDING', 'REJECTED', 'DISABLED'])('an application that is %s can do nothing', async (status) => {
  const own = await anApplication(world, { status });
  expect(await authorize(set('client_id', own.id))).toBe('page: invalid_client');
  expect(await token({ grant_type: 'client_credentials' }, own)).toBe('invalid_client');
});

/** Error of the token endpoint for this body. */
async function token(fields: Record<string, string>, { id, secret } = app): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  const body = new URLSearchParams(fields).toString();
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  const response = await world.fetch(world.url('/oidc/token'), { method: 'POST', headers, body });
  return ((await response.json()) as { error?: string }).error ?? 'accepted';
}

async function aCode() {
  const flow = await authorizeUrl(config);
  const code = (await consentTo(world, world.browser(), flow.url)).searchParams.get('code') as string;
  return { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: flow.verifier };
}

test.each<[string, Record<string, string>, string]>([
  ['a good one', {}, 'accepted'],
  ['a wrong verifier', { code_verifier: client.randomPKCECodeVerifier() }, 'invalid_grant'],
  ['no verifier', { code_verifier: '' }, 'invalid_grant'],
  ['another address', { redirect_uri: `${CALLBACK}/` }, 'invalid_grant'],
  ['an unknown code', { code: 'unknown' }, 'invalid_grant'],
  ['a resource that was not asked for', { resource: 'http://localhost:4000/graphql' }, 'invalid_target'],
])('a code with %s', async (_, change, error) => {
  expect(await token({ ...(await aCode()), ...change })).toBe(error);
});

test('a code of one application is worth nothing to another', async () => {
  expect(await token(await aCode(), await anApplication(world))).toBe('invalid_grant');
});

test.each<[string, Record<string, string>, string]>([
  ['the password grant', { grant_type: 'password', username: 'a', password: 'b' }, 'unsupported_grant_type'],
  ['an unknown grant', { grant_type: 'urn:example:nothing' }, 'unsupported_grant_type'],
  [
    'client credentials for more than was approved',
    { grant_type: 'client_credentials', scope: 'graph.write' },
    'invalid_scope',
  ],
  ['an unknown refresh token', { grant_type: 'refresh_token', refresh_token: 'polity_rt_unknown' }, 'invalid_grant'],
])('%s', async (_, fields, error) => {
  expect(await token(fields)).toBe(error);
});

test('a secret that is wrong, over, or not sent opens nothing', async () => {
  expect(await token({ grant_type: 'client_credentials' }, { ...app, secret: `${app.secret}x` })).toBe(
    'invalid_client',
  );
  expect(await token({ grant_type: 'client_credentials' }, { ...app, secret: app.id })).toBe('invalid_client');
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: app.id });
  const bare = await world.fetch(world.url('/oidc/token'), { method: 'POST', body });
  expect(bare.status).toBe(401);
  const old = await anApplication(world);
  const em = world.subgraph('identity').runtime.em(world.place.id);
  await em.execute("update application_secret set expires_at = now() - interval '1 hour' where application_id = ?", [
    old.id,
  ]);
  expect(await token({ grant_type: 'client_credentials' }, old)).toBe('invalid_client');
});

test('disabling an application ends everything that it holds, at once', async () => {
  const own = await anApplication(world);
  const mine = await discover(world, own);
  const tokens = await tokensFor(world, mine);
  const mutation = 'mutation($id: ID!) { disableApplication(id: $id) { status } }';
  await world.data(world.place.owner.viewer, mutation, { id: own.id });
  expect(await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token! }, own)).toBe(
    'invalid_client',
  );
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  expect((await world.fetch(world.url('/oidc/userinfo'), { headers })).status).toBe(401);
});

test('an application sees into no token of another, and cannot revoke it', async () => {
  const { access_token: theirs } = await client.clientCredentialsGrant(config);
  const other = await discover(world, await anApplication(world));
  expect(await client.tokenIntrospection(other, theirs)).toEqual({ active: false });
  await client.tokenRevocation(other, theirs).catch(() => undefined);
  expect((await client.tokenIntrospection(config, theirs)).active).toBe(true);
});

test('a public application needs no secret and gets none of what needs one', async () => {
  const own = await anApplication(world, { confidential: false });
  const mine = await discover(world, own, client.None());
  expect((await tokensFor(world, mine)).refresh_token).toMatch(/^polity_rt_/);
  await expect(client.clientCredentialsGrant(mine)).rejects.toMatchObject({
    error_description: 'requested grant type is not allowed for this client',
  });
});

type SigningKey = Parameters<SignJWT['sign']>[0];

async function forged(change: {
  alg?: string;
  key?: SigningKey;
  typ?: string;
  claims?: object;
  kid?: string;
}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{
      iss: 'http://localhost:4000',
      aud: 'http://localhost:4000/graphql',
      sub: world.person.id,
      client_id: app.id,
    },
    ...{ iat: now, exp: now + 300, scope: 'graph.read', ...change.claims },
  };
  const header = { alg: change.alg ?? 'ES256', typ: change.typ ?? 'at+jwt', ...(change.kid && { kid: change.kid }) };
  if (!change.key) {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ ...header, alg: 'none' })}.${part(claims)}.`;
  }
  return new SignJWT(claims).setProtectedHeader(header).sign(change.key);
}

test('the gateway takes no access token but those that were signed here for it', async () => {
  const [signing] = await signingKeys(
    world.subgraph('identity').runtime.em(null),
    world.ports.secrets,
    world.clock.now(),
  );
  const key = (await importJWK(signing!, 'ES256')) as SigningKey;
  const kid = signing!.kid as string;
  const stranger = await generateKeyPair('ES256');
  await tokensFor(world, config);
  const past = Math.floor(Date.now() / 1000) - 600;
  const cases: [string, string, boolean][] = [
    ['its own', await forged({ key, kid }), true],
    ['alg none', await forged({}), false],
    ['a foreign key', await forged({ key: stranger.privateKey, kid }), false],
    ['another audience', await forged({ key, kid, claims: { aud: 'https://elsewhere.example' } }), false],
    ['another issuer', await forged({ key, kid, claims: { iss: 'https://elsewhere.example' } }), false],
    ['an ID token', await forged({ key, kid, typ: 'JWT' }), false],
    ['a logout token', await forged({ key, kid, typ: 'logout+jwt' }), false],
    ['expired', await forged({ key, kid, claims: { iat: past, exp: past + 300 } }), false],
    ['no application', await forged({ key, kid, claims: { client_id: undefined } }), false],
    ['an unknown application', await forged({ key, kid, claims: { client_id: randomUUID() } }), false],
    ['a person who allowed nothing', await forged({ key, kid, claims: { sub: world.place.owner.id } }), false],
  ];
  for (const [name, jwt, good] of cases) {
    const data = await world.data<{ _introspectToken: unknown }>(
      serviceViewer('gateway'),
      'query($token: String!) { _introspectToken(token: $token) }',
      { token: jwt },
    );
    expect([name, data._introspectToken !== null]).toEqual([name, good]);
  }
});
