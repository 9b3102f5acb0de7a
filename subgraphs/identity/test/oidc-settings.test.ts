import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import { codesOf, fieldsOf } from './harness.ts';
import {
  anApplication,
  authorizeUrl,
  begin,
  CALLBACK,
  consentTo,
  discover,
  type OidcWorld,
  startOidc,
  type TestClient,
  tokensFor,
  viewOf,
} from './oidc-harness.ts';

let world: OidcWorld;
beforeAll(async () => {
  world = await startOidc();
});
afterAll(() => world.close());

const REGISTER = `mutation($input: RegisterApplicationInput!) { registerApplication(input: $input) {
  application { requirePkce claimsInIdToken idTokenAlgorithm clientCredentials } } }`;
const register = (input: object) =>
  world.gql(world.person.viewer, REGISTER, {
    input: { name: 'Notes', redirectUris: [CALLBACK], scopes: ['openid'], ...input },
  });

test.each(['RS256', 'ES256'] as const)('ID tokens of an application that names %s are signed so', async (alg) => {
  const config = await discover(world, await anApplication(world, { idTokenAlgorithm: alg }));
  const { id_token: idToken } = await tokensFor(world, config);
  expect(decodeProtectedHeader(idToken!).alg).toBe(alg);
  const { keys } = (await (await world.fetch(world.url('/oidc/jwks'))).json()) as { keys: client.JWK[] };
  expect(keys.find(({ kid }) => kid === decodeProtectedHeader(idToken!).kid)).toMatchObject({ alg, use: 'sig' });
  for (const key of keys)
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key).not.toHaveProperty(secret);
});

test('an application says at its registration how it signs in, with defaults that common libraries know', async () => {
  expect((await register({})).data).toEqual({
    registerApplication: {
      application: { requirePkce: false, claimsInIdToken: false, idTokenAlgorithm: 'RS256', clientCredentials: true },
    },
  });
  expect((await register({ confidential: false })).data).toEqual({
    registerApplication: {
      application: { requirePkce: true, claimsInIdToken: false, idTokenAlgorithm: 'RS256', clientCredentials: false },
    },
  });
});

test.each<[string, object, string]>([
  ['acting for itself', { clientCredentials: true }, 'clientCredentials'],
  ['going without PKCE', { requirePkce: false }, 'requirePkce'],
])('%s is refused where no secret is kept', async (_, input, field) => {
  const reply = await register({ confidential: false, ...input });
  expect([codesOf(reply), fieldsOf(reply)]).toEqual([['VALIDATION_ERROR'], [field]]);
});

test('a scheme of its own is for applications without a secret, which come back by it', async () => {
  const native = 'org.example.notes:/signed-in';
  expect(fieldsOf(await register({ redirectUris: [native] }))).toEqual(['redirectUris']);
  expect((await register({ redirectUris: [native], confidential: false })).errors).toBeUndefined();
  for (const bad of [
    'notes:/signed-in',
    'javascript:alert(1)',
    'org.example.notes://host/signed-in',
    'org.example.notes:/*',
  ])
    expect(fieldsOf(await register({ redirectUris: [bad], confidential: false }))).toEqual(['redirectUris']);

  const { id } = await anApplication(world, { confidential: false, redirectUris: [native] });
  const config = await discover(world, { id, secret: '' }, client.None());
  const flow = await authorizeUrl(config, { redirect_uri: native });
  const browser = world.browser();
  const page = await begin(browser, flow.url);
  expect(await viewOf(world, browser, page)).toMatchObject({
    formTargets: ['org.example.notes:'],
    leadsTo: 'org.example.notes',
  });
  expect((await consentTo(world, world.browser(), flow.url)).href).toContain(`${native}?code=`);
});

test('without PKCE where that is allowed, and never with a verifier that nobody announced', async () => {
  const app = await anApplication(world, { requirePkce: false });
  const url = new URL((await authorizeUrl(await discover(world, app))).url);
  for (const name of ['code_challenge', 'code_challenge_method']) url.searchParams.delete(name);
  const code = async () => (await consentTo(world, world.browser(), url.href)).searchParams.get('code') as string;
  expect(await exchange(app, { code: await code() })).toMatchObject({ token_type: 'Bearer' });
  const withVerifier = { code: await code(), code_verifier: client.randomPKCECodeVerifier() };
  expect(await exchange(app, withVerifier)).toMatchObject({ error: 'invalid_grant' });
});

async function exchange({ id, secret }: TestClient, fields: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await world.fetch(world.url('/oidc/token'), {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', redirect_uri: CALLBACK, ...fields }),
  });
  return (await response.json()) as Record<string, unknown>;
}

test.each([
  ['a wrong verifier', { code_verifier: 'x'.repeat(43) }],
  ['a wrong address', { redirect_uri: `${CALLBACK}/` }],
])('%s uses the code up', async (_, wrong) => {
  const app = await anApplication(world);
  const flow = await authorizeUrl(await discover(world, app));
  const code = (await consentTo(world, world.browser(), flow.url)).searchParams.get('code') as string;
  const right = { code, code_verifier: flow.verifier };
  expect(await exchange(app, { ...right, ...wrong })).toMatchObject({ error: 'invalid_grant' });
  expect(await exchange(app, right)).toMatchObject({ error: 'invalid_grant' });
});

test('a code that another application tries is still good for its own', async () => {
  const app = await anApplication(world);
  const flow = await authorizeUrl(await discover(world, app));
  const code = (await consentTo(world, world.browser(), flow.url)).searchParams.get('code') as string;
  const right = { code, code_verifier: flow.verifier };
  expect(await exchange(await anApplication(world), right)).toMatchObject({ error: 'invalid_grant' });
  expect(await exchange(app, right)).toMatchObject({ token_type: 'Bearer' });
});

test('an ID token says who the person is only where the application wants it so', async () => {
  const claimsOf = async (claimsInIdToken: boolean) => {
    const config = await discover(world, await anApplication(world, { claimsInIdToken }));
    const first = await tokensFor(world, config);
    const second = await client.refreshTokenGrant(config, first.refresh_token!);
    return [first, second].map(({ id_token: idToken }) => decodeJwt(idToken!).email);
  };
  expect(await claimsOf(true)).toEqual([world.person.email, world.person.email]);
  expect(await claimsOf(false)).toEqual([undefined, undefined]);
});

test('an authorization request may come as a form', async () => {
  const { search } = new URL((await authorizeUrl(await discover(world, await anApplication(world)))).url);
  const browser = world.browser();
  const fields = Object.fromEntries(new URLSearchParams(search));
  const moved = await browser.post('/oidc/authorize', fields, { origin: 'https://app.example' });
  expect(moved.status).toBe(303);
  expect((await browser.get(moved.headers.get('location')!)).headers.get('location')).toContain('/account/authorize/');
  expect((await browser.post('/oidc/authorize', { state: 'x'.repeat(9_000) })).status).toBe(413);
});

test('a revocation is answered with JSON', async () => {
  const app = await anApplication(world);
  const config = await discover(world, app);
  const { access_token: token } = await client.clientCredentialsGrant(config, { scope: 'graph.read' });
  const response = await world.fetch(world.url('/oidc/revocation'), {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${app.id}:${app.secret}`).toString('base64')}` },
    body: new URLSearchParams({ token }),
  });
  expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
    200,
    'application/json; charset=utf-8',
    {},
  ]);
  expect(await client.tokenIntrospection(config, token)).toEqual({ active: false });
});

test('an application that was allowed something in two browsers is one consent, and taking it back ends both', async () => {
  const config = await discover(world, await anApplication(world));
  const tokens = [
    await tokensFor(world, config, { scope: 'openid graph.read' }),
    await tokensFor(world, config, { scope: 'openid email' }),
  ];
  const { consents } = await world.data<{ consents: { nodes: { id: string; scopes: string[] }[] } }>(
    world.person.viewer,
    '{ consents(first: 1) { nodes: edges { node { id applicationName scopes } } } }',
  );
  const [{ node }] = consents.nodes as unknown as [{ node: { id: string; scopes: string[] } }];
  expect(node.scopes).toEqual(['email', 'graph.read', 'openid']);
  await world.data(world.person.viewer, 'mutation($id: ID!) { revokeConsent(id: $id) { id } }', { id: node.id });
  for (const { access_token: token } of tokens)
    expect(await client.tokenIntrospection(config, token)).toEqual({ active: false });
});
