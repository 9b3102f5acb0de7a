import { createHash, randomUUID } from 'node:crypto';
import { serviceViewer } from '@polity/kernel/testing/harness';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as client from 'openid-client';
import type { TokenViewer } from '../src/oidc/introspect.ts';
import { aPerson, codesOf, fieldsOf, type Person } from './harness.ts';
import {
  anApplication,
  authorizeUrl,
  consentTo,
  discover,
  type OidcWorld,
  signIn,
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

const GRAPH = 'http://localhost:4000/graphql';
const INTROSPECT = 'query($token: String!, $proof: JSON) { _introspectToken(token: $token, proof: $proof) }';

async function viewerOf(token: string, proof: unknown = null): Promise<TokenViewer | null> {
  const variables = { token, proof };
  const data = await world.data<{ _introspectToken: TokenViewer | null }>(
    serviceViewer('gateway'),
    INTROSPECT,
    variables,
    { tenantId: null },
  );
  return data._introspectToken;
}

const CREATE =
  'mutation($input: CreatePersonalTokenInput!) { createPersonalToken(input: $input) { secret personalToken { id hint scopes expiresAt } } }';
const TOKENS = '{ personalTokens { edges { node { id name hint lastUsedAt } } } }';
const REVOKE = 'mutation($id: ID!) { revokePersonalToken(id: $id) { id name hint } }';
const CONSENTS = '{ consents { edges { node { id applicationName scopes application { id } } } } }';
const TAKE_BACK = 'mutation($id: ID!) { revokeConsent(id: $id) { id scopes application { id } } }';

interface Made {
  secret: string;
  personalToken: { id: string; hint: string };
}

async function personalToken(person: Person, more: object = {}): Promise<Made> {
  const input = { name: 'backup', scopes: ['graph.read'], ...more };
  return (await world.data<{ createPersonalToken: Made }>(person.viewer, CREATE, { input })).createPersonalToken;
}

test('nobody but a service learns whom a token stands for', async () => {
  for (const viewer of [world.person.viewer, world.place.owner.viewer]) {
    expect(codesOf(await world.gql(viewer, INTROSPECT, { token: 'x' }))).toEqual(['FORBIDDEN']);
  }
});

test('an opaque token of a person makes them the viewer, within what was approved', async () => {
  const { access_token: token } = await tokensFor(world, config);
  expect(await viewerOf(token)).toEqual({
    kind: 'user',
    id: world.person.id,
    clientId: app.id,
    scopes: ['openid', 'profile', 'email', 'offline_access', 'graph.read'],
    amr: ['pwd'],
    acr: 'aal1',
    authTime: expect.any(Number),
    tenantId: world.place.id,
  });
});

test('a token for the gateway makes the person the viewer too, and ends when the consent is taken back', async () => {
  const own = await anApplication(world);
  const mine = await discover(world, own);
  const { access_token: token } = await tokensFor(world, mine, { scope: 'openid graph.read', resource: GRAPH });
  expect(await viewerOf(token)).toMatchObject({
    kind: 'user',
    id: world.person.id,
    scopes: ['graph.read'],
    acr: 'aal1',
  });
  const { consents } = await world.data<{
    consents: { edges: { node: { id: string; application: { id: string } } }[] };
  }>(world.person.viewer, CONSENTS);
  const consent = consents.edges.map(({ node }) => node).find(({ application }) => application.id === own.id);
  expect(consent).toMatchObject({ applicationName: 'Test app', scopes: ['graph.read', 'openid'] });
  const stranger = await aPerson(world);
  expect(codesOf(await world.gql(stranger.viewer, TAKE_BACK, { id: consent!.id }))).toEqual(['NOT_FOUND']);
  expect(await world.data(world.person.viewer, TAKE_BACK, { id: consent!.id })).toEqual({
    revokeConsent: { id: consent!.id, scopes: ['graph.read', 'openid'], application: { id: own.id } },
  });
  expect(await viewerOf(token)).toBeNull();
  expect(codesOf(await world.gql(world.person.viewer, TAKE_BACK, { id: consent!.id }))).toEqual(['NOT_FOUND']);
});

test('client credentials make the application the viewer, opaque or for the gateway', async () => {
  const opaque = await client.clientCredentialsGrant(config, { scope: 'graph.read' });
  const jwt = await client.clientCredentialsGrant(config, { scope: 'graph.read', resource: GRAPH });
  const expected = {
    kind: 'application',
    id: app.id,
    clientId: app.id,
    scopes: ['graph.read'],
    acr: null,
    tenantId: world.place.id,
  };
  expect(await viewerOf(opaque.access_token)).toMatchObject(expected);
  expect(await viewerOf(jwt.access_token)).toMatchObject(expected);
  await client.tokenRevocation(config, opaque.access_token);
  expect(await viewerOf(opaque.access_token)).toBeNull();
});

test('a wide scope in a token of an application stands for the permissions that were approved under it', async () => {
  const own = await anApplication(world);
  const em = world.subgraph('identity').runtime.em(world.place.id);
  const approved = '["openid", "graph.read", "identity.user.read", "portal.post.create"]';
  await em.execute(`update application set approved_scopes = '${approved}' where id = ?`, [own.id]);
  const ownConfig = await discover(world, own);
  const scopesOf = async (scope: string) =>
    (await viewerOf((await client.clientCredentialsGrant(ownConfig, { scope })).access_token))?.scopes;
  expect(await scopesOf('graph.read')).toEqual(['graph.read', 'identity.user.read']);
  expect(await scopesOf('openid')).toEqual(['openid']);
});

test('a scope that is no longer approved is gone from tokens that are out already', async () => {
  const own = await anApplication(world);
  const { access_token: token } = await client.clientCredentialsGrant(await discover(world, own), {
    scope: 'graph.read email',
  });
  const em = world.subgraph('identity').runtime.em(world.place.id);
  await em.execute(`update application set approved_scopes = '["email"]' where id = ?`, [own.id]);
  expect((await viewerOf(token))?.scopes).toEqual(['email']);
  await em.execute("update application set status = 'DISABLED' where id = ?", [own.id]);
  expect(await viewerOf(token)).toBeNull();
});

test.each<[string, (userId: string) => Promise<unknown>]>([
  [
    'suspended',
    (id) =>
      world.data(world.place.owner.viewer, 'mutation($id: ID!) { suspendUser(id: $id, reason: "spam") { id } }', {
        id,
      }),
  ],
  [
    'removed from the tenant',
    (userId) =>
      world.data(world.place.owner.viewer, 'mutation($userId: ID!) { removeTenantMember(userId: $userId) { id } }', {
        userId,
      }),
  ],
])('a person who is %s has no tokens any more', async (_, act) => {
  const person = await aPerson(world);
  const flow = await authorizeUrl(config);
  const callback = await consentTo(world, world.browser(), flow.url, person);
  const checks = { pkceCodeVerifier: flow.verifier, expectedState: flow.state, expectedNonce: flow.nonce };
  const tokens = await client.authorizationCodeGrant(config, callback, checks);
  const { secret } = await personalToken(person);
  expect([await viewerOf(tokens.access_token), await viewerOf(secret)]).not.toContain(null);
  await act(person.id);
  expect([await viewerOf(tokens.access_token), await viewerOf(secret)]).toEqual([null, null]);
  await world.settle();
  await expect(client.refreshTokenGrant(config, tokens.refresh_token!)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  const left = await world
    .subgraph('identity')
    .runtime.em(null)
    .execute<object[]>('select key from oidc_payload where account_id = ? and client_id = ?', [person.id, app.id]);
  expect(left).toEqual([]);
});

test('a new password takes back what applications were given', async () => {
  const person = await aPerson(world);
  const browser = world.browser();
  await signIn(world, browser, person);
  const { access_token: token } = await tokensFor(world, config, {}, browser);
  const change =
    'mutation { changePassword(currentPassword: "a rather long passphrase", newPassword: "quite another long one") }';
  await world.data(person.viewer, change);
  await world.settle();
  const silent = await browser.get((await authorizeUrl(config, { prompt: 'none', scope: 'openid' })).url);
  expect(new URL(silent.headers.get('location')!).searchParams.get('error')).toBe('consent_required');
  expect((await client.tokenIntrospection(config, token)).active).toBe(false);
});

async function proofFor(token: string, keys: CryptoKeys, more: object = {}): Promise<string> {
  const claims = {
    htm: 'POST',
    htu: GRAPH,
    jti: randomUUID(),
    ath: createHash('sha256').update(token).digest('base64url'),
    ...more,
  };
  const jwk = await exportJWK(keys.publicKey);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
    .setIssuedAt()
    .sign(keys.privateKey);
}

type CryptoKeys = Awaited<ReturnType<typeof generateKeyPair>>;

test('a token bound to a key needs a new proof by that key for this very request', async () => {
  const keys = await generateKeyPair('ES256', { extractable: true });
  const DPoP = client.getDPoPHandle(config, keys as Parameters<typeof client.getDPoPHandle>[1]);
  const { access_token: token } = await client.clientCredentialsGrant(config, { scope: 'graph.read' }, { DPoP });
  const proof = async (more = {}, by = keys) => ({
    jwt: await proofFor(token, by, more),
    method: 'POST',
    url: `${GRAPH}?x=1`,
  });
  expect(await calculateJwkThumbprint(await exportJWK(keys.publicKey))).toBeTruthy();
  expect(await viewerOf(token)).toBeNull();
  const good = await proof();
  expect(await viewerOf(token, good)).toMatchObject({ kind: 'application' });
  expect(await viewerOf(token, good)).toBeNull();
  expect(await viewerOf(token, await proof({ htm: 'GET' }))).toBeNull();
  expect(await viewerOf(token, await proof({ htu: 'http://localhost:4000/other' }))).toBeNull();
  expect(await viewerOf(token, await proof({ ath: 'another' }))).toBeNull();
  expect(await viewerOf(token, await proof({}, await generateKeyPair('ES256', { extractable: true })))).toBeNull();
  expect(await viewerOf(token, { jwt: 'not a proof', method: 'POST', url: GRAPH })).toBeNull();
});

test('a personal token is shown once, works within its scopes and its time, and ends when it is revoked', async () => {
  const { secret, personalToken: made } = await personalToken(world.person);
  expect(secret).toMatch(/^polity_pat_[\w-]{43}$/);
  expect(await viewerOf(secret)).toEqual({
    ...{ kind: 'user', id: world.person.id, clientId: null, scopes: ['graph.read'] },
    ...{ amr: [], acr: null, authTime: null, tenantId: world.place.id },
  });
  const { personalTokens } = await world.data<{
    personalTokens: { edges: { node: { id: string; lastUsedAt: string } }[] };
  }>(world.person.viewer, TOKENS);
  expect(personalTokens.edges.find(({ node }) => node.id === made.id)?.node.lastUsedAt).toBeTruthy();
  expect(JSON.stringify(personalTokens)).not.toContain(secret);
  const stranger = await aPerson(world);
  expect(codesOf(await world.gql(stranger.viewer, REVOKE, { id: made.id }))).toEqual(['NOT_FOUND']);
  expect(await world.data(world.person.viewer, REVOKE, { id: made.id })).toEqual({
    revokePersonalToken: { id: made.id, name: 'backup', hint: made.hint },
  });
  expect(await viewerOf(secret)).toBeNull();
  expect(codesOf(await world.gql(world.person.viewer, REVOKE, { id: made.id }))).toEqual(['NOT_FOUND']);
});

test('nothing is left of the tokens of an erased account', async () => {
  const person = await aPerson(world);
  const { secret } = await personalToken(person);
  await world.data(person.viewer, 'mutation { deleteAccount(password: "a rather long passphrase") }');
  expect(await viewerOf(secret)).toBeNull();
  await world.settle();
  const em = world.subgraph('identity').runtime.em(null);
  expect(await em.execute<object[]>('select id from personal_token where user_id = ?', [person.id])).toEqual([]);
});

test('a personal token ends by itself', async () => {
  const soon = new Date(world.clock.nowMs() + 60_000).toISOString();
  const { secret } = await personalToken(world.person, { expiresAt: soon });
  expect(await viewerOf(secret)).not.toBeNull();
  world.clock.advance(61_000);
  expect(await viewerOf(secret)).toBeNull();
});

test.each([
  ['a name without letters', { name: ' ' }, ['name']],
  ['an unknown scope', { scopes: ['everything'] }, ['scopes']],
  ['no scope', { scopes: [] }, ['scopes']],
  ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }, ['expiresAt']],
  ['an end years away', { expiresAt: '2999-01-01T00:00:00Z' }, ['expiresAt']],
])('a personal token with %s is refused', async (_, more, fields) => {
  const input = { name: 'x', scopes: ['graph.read'], ...more };
  expect(fieldsOf(await world.gql(world.viewerOf(world.person.id), CREATE, { input }))).toEqual(fields);
});

test('a personal token makes no other, and needs a fresh session', async () => {
  const input = { name: 'x', scopes: ['graph.read'] };
  const limited = world.viewerOf(world.person.id, { scopes: ['graph.write'] });
  expect(codesOf(await world.gql(limited, CREATE, { input }))).toEqual(['FORBIDDEN']);
  const stale = world.viewerOf(world.person.id, { authTime: Math.floor(world.clock.nowMs() / 1000) - 3600 });
  expect(codesOf(await world.gql(stale, CREATE, { input }))).toEqual(['STEP_UP_REQUIRED']);
});

test.each(['', 'x', 'a.b.c', 'polity_pat_', 'polity_at_unknown', 'Bearer x', "' or 1=1"])(
  '"%s" stands for nobody',
  async (token) => {
    expect(await viewerOf(token)).toBeNull();
  },
);
