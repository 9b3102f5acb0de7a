import * as client from 'openid-client';
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

interface Answer {
  access_token?: string;
  refresh_token?: string;
  error?: string;
}

async function token(fields: Record<string, string>): Promise<Answer> {
  const authorization = `Basic ${Buffer.from(`${app.id}:${app.secret}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(fields).toString();
  return (await (await world.fetch(world.url('/oidc/token'), { method: 'POST', headers, body })).json()) as Answer;
}

async function twenty(fields: Record<string, string>): Promise<Answer> {
  const answers = await Promise.all(Array.from({ length: 20 }, () => token(fields)));
  const [winner, ...others] = answers.filter(({ access_token: given }) => given !== undefined);
  expect(others).toEqual([]);
  expect(winner).toBeDefined();
  expect(answers.filter(({ error }) => error === 'invalid_grant')).toHaveLength(19);
  return winner as Answer;
}

test('of twenty uses of one code at once exactly one succeeds, and what it gave is taken back', async () => {
  const flow = await authorizeUrl(config);
  const code = (await consentTo(world, world.browser(), flow.url)).searchParams.get('code') as string;
  const winner = await twenty({
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    code_verifier: flow.verifier,
  });
  expect((await client.tokenIntrospection(config, winner.access_token!)).active).toBe(false);
});

test('of twenty uses of one refresh token at once exactly one succeeds, and the whole family ends', async () => {
  const first = await tokensFor(world, config);
  const winner = await twenty({ grant_type: 'refresh_token', refresh_token: first.refresh_token! });
  expect((await token({ grant_type: 'refresh_token', refresh_token: winner.refresh_token! })).error).toBe(
    'invalid_grant',
  );
  expect((await client.tokenIntrospection(config, first.access_token)).active).toBe(false);
});

test('a code used a second time later ends what the first use gave', async () => {
  const flow = await authorizeUrl(config);
  const code = (await consentTo(world, world.browser(), flow.url)).searchParams.get('code') as string;
  const fields = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: flow.verifier };
  const { access_token: given } = await token(fields);
  expect((await client.tokenIntrospection(config, given!)).active).toBe(true);
  expect((await token(fields)).error).toBe('invalid_grant');
  expect((await client.tokenIntrospection(config, given!)).active).toBe(false);
});

test('each second use stands in the audit log of the tenant, with the application and never with the token', async () => {
  const { refresh_token: spent } = await tokensFor(world, config);
  await token({ grant_type: 'refresh_token', refresh_token: spent! });
  await token({ grant_type: 'refresh_token', refresh_token: spent! });
  const log =
    '{ auditLog(filter: { types: ["authn_token_reuse"] }) { edges { node { actorId actorKind userId data } } } }';
  const read = () => world.data<{ auditLog: { edges: { node: object }[] } }>(world.place.owner.viewer, log);
  while ((await read()).auditLog.edges.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const { edges } = (await read()).auditLog;
  expect(edges[0]?.node).toEqual({
    actorId: app.id,
    actorKind: 'APPLICATION',
    userId: world.person.id,
    data: { grantType: 'refresh_token' },
  });
  expect(JSON.stringify(edges)).not.toContain(spent);
});

test('a pushed authorization request is used once', async () => {
  const url = await client.buildAuthorizationUrlWithPAR(config, {
    redirect_uri: CALLBACK,
    scope: 'openid',
    code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
  });
  await consentTo(world, world.browser(), url.href);
  const again = await world.browser().get(url.href);
  expect(again.headers.get('location')).toBeNull();
  expect(again.status).toBe(400);
});
