import { serviceViewer } from '@polity/kernel/testing/harness';
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { listSigningKeys, type Rotation, rotateSigningKeys } from '../src/domain/oidc-payload/signing-keys.ts';
import { anApplication, discover, type OidcWorld, startOidc, tokensFor } from './oidc-harness.ts';

let world: OidcWorld;
let config: client.Configuration;
beforeEach(async () => {
  world = await startOidc();
  config = await discover(world, await anApplication(world));
});
afterEach(() => world.close());

const DAY_MS = 24 * 3600 * 1000;
const resource = 'http://localhost:4000/graphql';
const INTROSPECT = 'query($token: String!) { _introspectToken(token: $token) }';

const forGraph = async () =>
  (await client.clientCredentialsGrant(config, { scope: 'graph.read', resource })).access_token;
const kidOf = (token: string) => decodeProtectedHeader(token).kid;
async function isTaken(token: string): Promise<boolean> {
  const request = { tenantId: null };
  const data = await world.data<{ _introspectToken: object | null }>(
    serviceViewer('gateway'),
    INTROSPECT,
    { token },
    request,
  );
  return data._introspectToken !== null;
}
async function published(): Promise<string[]> {
  const answer = await world.fetch(world.url('/oidc/jwks'));
  return ((await answer.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
}
/** Whether a client that fetches the key set now takes the token. */
async function verifies(token: string): Promise<boolean> {
  const keys = createRemoteJWKSet(new URL(world.url('/oidc/jwks')), { [customFetch]: world.fetch as never });
  return jwtVerify(token, keys, { currentDate: new Date() }).then(
    () => true,
    () => false,
  );
}
const em = () => world.subgraph('identity').runtime.em(null);
const rotate = (rotation: Rotation) => rotateSigningKeys(em(), world.ports.secrets, world.clock.now(), rotation);
/** As another process does it: this one finds out by itself. */
const later = (ms: number) => world.clock.advance(ms);

test('after a rotation in minutes new tokens have the new key, and those of the old one stay good until its last has ended', async () => {
  const [old, { id_token: idToken = '' }] = [await forGraph(), await tokensFor(world, config)];
  await rotate('SOON');
  later(61_000);
  expect(kidOf(await forGraph())).toBe(kidOf(old));
  later(61_000);
  const fresh = await forGraph();
  expect(kidOf(fresh)).not.toBe(kidOf(old));
  expect([await isTaken(old), await isTaken(fresh)]).toEqual([true, true]);
  expect([await verifies(old), await verifies(idToken), await verifies(fresh)]).toEqual([true, true, true]);
  later(29 * DAY_MS);
  expect(await published()).toEqual(expect.arrayContaining([kidOf(old), kidOf(idToken), kidOf(fresh)]));
  later(2 * DAY_MS);
  expect(await published()).not.toContain(kidOf(old));
});

test('what a withdrawn key signed is refused, and whoever was signed in goes on', async () => {
  const [old, tokens] = [await forGraph(), await tokensFor(world, config)];
  await rotate('WITHDRAWING');
  later(61_000);
  expect(await published()).not.toContain(kidOf(old));
  expect([await isTaken(old), await verifies(old), await verifies(tokens.id_token ?? '')]).toEqual([
    false,
    false,
    false,
  ]);
  expect([await isTaken(tokens.access_token), await isTaken(await forGraph())]).toEqual([true, true]);
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
  expect(await verifies(renewed.id_token ?? '')).toBe(true);
});

test('an operator sees which key signs, which will and which has', async () => {
  await forGraph();
  await rotate('STAGED');
  const states = async () => (await listSigningKeys(em(), world.clock.now())).map(({ state }) => state);
  expect(await states()).toEqual(['signs', 'will sign', 'signs', 'will sign']);
  later(DAY_MS + 1);
  expect(await states()).toEqual(['signs', 'has signed', 'signs', 'has signed']);
});

test('of two rotations at once both count, and one key of each kind signs', async () => {
  await forGraph();
  await Promise.all([rotate('SOON'), rotate('SOON')]);
  later(DAY_MS);
  const signing = (await listSigningKeys(em(), world.clock.now())).filter(({ state }) => state === 'signs');
  expect(signing.map(({ algorithm }) => algorithm)).toEqual(['ES256', 'RS256']);
});
