import { serviceViewer } from '@polity/kernel/testing/harness';
import * as client from 'openid-client';
import type { TokenViewer } from '../src/oidc/introspect.ts';
import { aTenant } from './harness.ts';
import { anApplication, discover, type OidcWorld, startOidc, type TestClient, tokensFor } from './oidc-harness.ts';

let world: OidcWorld;
let front: client.Configuration;
let service: TestClient;
let config: client.Configuration;
const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const GRAPH = 'http://localhost:4000/graphql';
beforeAll(async () => {
  world = await startOidc();
  const scopes = ['openid', 'graph.read', 'graph.write', 'identity.read'];
  front = await discover(world, await anApplication(world, { scopes }));
  [service, config] = await aService(['graph.read', 'identity.read']);
});
afterAll(() => world.close());

async function aService(scopes: string[]): Promise<[TestClient, client.Configuration]> {
  const made = await anApplication(world, { scopes, redirectUris: [] });
  const em = world.subgraph('identity').runtime.em(world.place.id);
  await em.transactional((tx) =>
    tx.execute('update application set token_exchange = true where id = ?', [made.id], 'run'),
  );
  return [made, await discover(world, made)];
}
const subject = async () =>
  (await tokensFor(world, front, { scope: 'openid graph.read graph.write identity.read' })).access_token;

async function exchange(token: string, more: Record<string, string> = {}, at = config) {
  const params = { subject_token: token, subject_token_type: ACCESS_TOKEN, ...more };
  try {
    return await client.genericGrantRequest(at, GRANT, params);
  } catch (error) {
    return (error as client.ResponseBodyError).error;
  }
}
async function exchanged(token: string, more: Record<string, string> = {}, at = config) {
  const answer = await exchange(token, more, at);
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}
async function viewerOf(token: string): Promise<TokenViewer | null> {
  const query = 'query($token: String!) { _introspectToken(token: $token) }';
  const request = { tenantId: null };
  const data = await world.data<{ _introspectToken: TokenViewer | null }>(
    serviceViewer('gateway'),
    query,
    { token },
    request,
  );
  return data._introspectToken;
}

test('a service gets a token of its own for the person, with what both may, and is named as who acts', async () => {
  const answer = await exchanged(await subject(), { resource: GRAPH });
  expect(answer).toMatchObject({
    issued_token_type: ACCESS_TOKEN,
    token_type: 'bearer',
    scope: 'graph.read identity.read',
  });
  expect(answer.expires_in).toBeLessThanOrEqual(300);
  expect(await viewerOf(answer.access_token)).toMatchObject({
    id: world.person.id,
    clientId: service.id,
    scopes: ['graph.read', 'identity.read'],
    amr: ['pwd', `act:${service.id}`],
    authTime: null,
  });
  const log = await world
    .subgraph('identity')
    .runtime.em(world.place.id)
    .execute<{ actor: string; user: string }[]>(
      `select actor_id as actor, user_id as "user" from audit_entry where type = 'authn_token_exchanged'`,
    );
  expect(log).toContainEqual({ actor: service.id, user: world.person.id });
});

test('scopes only become fewer, and the audience is the graph', async () => {
  const token = await subject();
  expect((await exchanged(token, { scope: 'identity.read' })).scope).toBe('identity.read');
  expect(await exchange(token, { scope: 'graph.write' })).toBe('invalid_scope');
  expect(await exchange(token, { scope: 'openid' })).toBe('invalid_scope');
  const narrow = (await exchanged(token, { scope: 'identity.read' })).access_token;
  expect(await exchange(narrow, { scope: 'graph.read' })).toBe('invalid_scope');
  expect(await exchange(token, { resource: 'https://elsewhere.example' })).toBe('invalid_target');
  expect(await exchange(token, { audience: 'somebody' })).toBe('invalid_target');
});

test('each service that acts through another is named, three at most', async () => {
  const chain = [service.id];
  let token = (await exchanged(await subject())).access_token;
  for (let n = 0; n < 2; n++) {
    const [next, its] = await aService(['graph.read']);
    token = (await exchanged(token, {}, its)).access_token;
    chain.unshift(next.id);
  }
  const [row] = await world
    .subgraph('identity')
    .runtime.em(null)
    .execute<{ act: object }[]>(
      `select payload->'extra'->'act' as act from oidc_payload where client_id = ? and model = 'AccessToken'`,
      [chain[0] as string],
    );
  expect(row?.act).toEqual({ sub: chain[0], act: { sub: chain[1], act: { sub: chain[2] } } });
  expect(await exchange(token)).toBe('invalid_grant');
});

test('what the person takes back ends the exchanged token too', async () => {
  const { access_token: token } = await exchanged(await subject());
  const LIST = '{ consents { edges { node { id } } } }';
  const { consents } = await world.data<{ consents: { edges: { node: { id: string } }[] } }>(world.person.viewer, LIST);
  for (const { node } of consents.edges)
    await world.data(world.person.viewer, 'mutation($id: ID!) { revokeConsent(id: $id) { id } }', { id: node.id });
  expect(await viewerOf(token)).toBeNull();
});

test('tokens that are unknown, of another kind, of an application or of another tenant are not exchanged', async () => {
  const own = await client.clientCredentialsGrant(front, { scope: 'graph.read' });
  const jwt = (await tokensFor(world, front, { scope: 'openid graph.read', resource: GRAPH })).access_token;
  for (const token of ['polity_at_unknown', own.access_token, jwt, 'x'.repeat(5000)])
    expect(await exchange(token)).toBe('invalid_grant');
  expect(await exchange(await subject(), { subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' })).toBe(
    'invalid_request',
  );
  const token = await subject();
  const { place, tenantId } = world;
  world.place = await aTenant(world);
  const [, foreign] = await aService(['graph.read']);
  Object.assign(world, { place, tenantId });
  expect(await exchange(token, {}, foreign)).toBe('invalid_grant');
});

test('an application that was not allowed to, or keeps no secret, exchanges nothing', async () => {
  expect(await exchange(await subject(), {}, front)).toBe('invalid_request');
  const open = await anApplication(world, { confidential: false, scopes: ['graph.read'] });
  const em = world.subgraph('identity').runtime.em(world.place.id);
  await em.transactional((tx) =>
    tx.execute('update application set token_exchange = true where id = ?', [open.id], 'run'),
  );
  expect(await exchange(await subject(), {}, await discover(world, open, client.None()))).toBe('invalid_request');
});

test('twenty exchanges of one token at once give twenty tokens of which none has more', async () => {
  const token = await subject();
  const answers = await Promise.all(Array.from({ length: 20 }, () => exchanged(token)));
  expect(new Set(answers.map(({ access_token: each }) => each)).size).toBe(20);
  expect(new Set(answers.map(({ scope }) => scope))).toEqual(new Set(['graph.read identity.read']));
});
