import { randomUUID } from 'node:crypto';
import type { SignedIn } from '@polity/kernel/request/signed-in';
import { serviceViewer } from '@polity/kernel/testing/harness';
import * as client from 'openid-client';
import type { DeviceView } from '../src/oidc/device.ts';
import type { TokenViewer } from '../src/oidc/introspect.ts';
import { aPerson, aTenant, codesOf, fieldsOf, type Person } from './harness.ts';
import { anApplication, discover, type OidcWorld, startOidc, type TestClient } from './oidc-harness.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const GRAPH = 'http://localhost:4000/graphql';
const GATEWAY = serviceViewer('gateway');
const VIEW = 'query($visit: JSON!) { view: _deviceRequest(visit: $visit) }';
const ANSWER =
  'mutation($visit: JSON!, $answer: String!) { isDone: _answerDeviceRequest(visit: $visit, answer: $answer) }';

let world: OidcWorld;
let app: TestClient;
let config: client.Configuration;
beforeAll(async () => {
  world = await startOidc();
  app = await aDevice();
  config = await discover(world, app, client.None());
});
afterAll(() => world.close());

const sql = <Row>(text: string, values: unknown[] = []) =>
  world.subgraph('identity').runtime.em(world.place.id).execute<Row[]>(text, values);

async function aDevice(spec: Parameters<typeof anApplication>[1] = {}): Promise<TestClient> {
  const made = await anApplication(world, { confidential: false, redirectUris: [], ...spec });
  const em = world.subgraph('identity').runtime.em(world.place.id);
  await em.transactional((tx) =>
    tx.execute('update application set device_flow = true where id = ?', [made.id], 'run'),
  );
  return made;
}

const begin = (more: Record<string, string> = {}) =>
  client.initiateDeviceAuthorization(config, { scope: 'openid profile graph.read', ...more });

/** What the device gets for its code: tokens, or the error that it is told. */
async function poll(deviceCode: string, more: Record<string, string> = {}, at = config) {
  try {
    return await client.genericGrantRequest(at, GRANT, { device_code: deviceCode, ...more });
  } catch (error) {
    return (error as client.ResponseBodyError).error;
  }
}

async function tokensFor(deviceCode: string, more: Record<string, string> = {}) {
  const answer = await poll(deviceCode, more);
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

/** The person signed in at the gateway, as it says it. */
const signedInAs = ({ id: userId }: Pick<Person, 'id'>, more: Partial<SignedIn> = {}): SignedIn => ({
  ...{ userId, sessionId: randomUUID(), proof: randomUUID() },
  ...{ amr: ['pwd'], acr: 'aal1', authTime: Math.floor(world.clock.nowMs() / 1000), ...more },
});
const visitOf = (userCode: string, signedIn = signedInAs(world.person)) => ({ userCode, signedIn });

const outside = { tenantId: null };
async function view(userCode: string, signedIn?: SignedIn): Promise<DeviceView | null> {
  const visit = visitOf(userCode, signedIn);
  return (await world.data<{ view: DeviceView | null }>(GATEWAY, VIEW, { visit }, outside)).view;
}
const answer = (userCode: string, what: string, signedIn?: SignedIn, viewer = GATEWAY) =>
  world.gql(viewer, ANSWER, { visit: visitOf(userCode, signedIn), answer: what }, outside);
async function isDone(userCode: string, what: string, signedIn?: SignedIn): Promise<boolean> {
  const { data, errors } = await answer(userCode, what, signedIn);
  if (errors) throw new Error(JSON.stringify(errors));
  return (data as { isDone: boolean }).isDone;
}
async function viewerOf(token: string): Promise<TokenViewer | null> {
  const query = 'query($token: String!) { found: _introspectToken(token: $token) }';
  return (await world.data<{ found: TokenViewer | null }>(GATEWAY, query, { token }, outside)).found;
}

test('a device shows a code, waits, and gets tokens of whoever allows it there', async () => {
  const asked = await begin();
  expect(asked).toMatchObject({ verification_uri: world.url('/account/device'), interval: 5, expires_in: 600 });
  expect(asked.user_code).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
  expect(asked.verification_uri_complete).toBe(`${asked.verification_uri}?user_code=${asked.user_code}`);
  expect(await poll(asked.device_code)).toBe('authorization_pending');
  expect(await view(asked.user_code)).toMatchObject({
    ...{ need: 'CONSENT', application: 'Test app', tenant: world.place.slug, userCode: asked.user_code },
    scopes: [{ scope: 'openid' }, { scope: 'profile' }, { scope: 'graph.read' }],
  });
  expect(await isDone(asked.user_code, 'ALLOW')).toBe(true);
  const tokens = await tokensFor(asked.device_code);
  expect(tokens.claims()?.sub).toBe(world.person.id);
  expect(tokens.refresh_token).toBeUndefined();
  expect(await viewerOf(tokens.access_token)).toMatchObject({
    ...{ kind: 'user', id: world.person.id, clientId: app.id, acr: 'aal1', amr: ['pwd'] },
    scopes: ['openid', 'profile', 'graph.read'],
  });
  expect(await poll(asked.device_code)).toBe('invalid_grant');
});

test('a code may be typed in small letters, with spaces and without its dash', async () => {
  const { user_code: code } = await begin();
  for (const typed of [code.toLowerCase(), code.replace('-', ' '), code.replace('-', '')])
    expect((await view(typed))?.userCode).toBe(code);
  expect(await view('')).toBeNull();
  expect(await view('BCDF-GHJK')).toBeNull();
});

test('tokens last only where offline access was asked for, and are for the graph where the resource says so', async () => {
  const asked = await begin({ scope: 'openid graph.read offline_access', resource: GRAPH });
  await isDone(asked.user_code, 'ALLOW');
  const tokens = await tokensFor(asked.device_code, { resource: GRAPH });
  expect(tokens.access_token.split('.')).toHaveLength(3);
  expect((await viewerOf(tokens.access_token))?.scopes).toEqual(['graph.read']);
  const again = await client.refreshTokenGrant(config, tokens.refresh_token as string);
  expect((await viewerOf(again.access_token))?.id).toBe(world.person.id);
});

test('whoever refuses ends it, and nothing can be allowed afterwards', async () => {
  const asked = await begin();
  expect(await isDone(asked.user_code, 'REFUSE')).toBe(true);
  expect(await isDone(asked.user_code, 'ALLOW')).toBe(false);
  expect(await view(asked.user_code)).toBeNull();
  expect(await poll(asked.device_code)).toBe('access_denied');
});

test('a code that is over opens nothing, and the device is told', async () => {
  const asked = await begin();
  await sql(
    `update oidc_payload set expires_at = now() - interval '1 second', payload = payload || '{"exp": 1}'
     where model = 'DeviceCode' and client_id = ? and account_id is null`,
    [app.id],
  );
  expect(await view(asked.user_code)).toBeNull();
  expect(await isDone(asked.user_code, 'ALLOW')).toBe(false);
  expect(await poll(asked.device_code)).toBe('expired_token');
});

test('of twenty answers at once one counts, and of twenty devices with the code none keeps tokens', async () => {
  const asked = await begin();
  const person = await aPerson(world);
  const own = signedInAs(person);
  const done = await Promise.all(Array.from({ length: 20 }, () => isDone(asked.user_code, 'ALLOW', own)));
  expect(done.filter(Boolean)).toHaveLength(1);
  const grants = await sql("select 1 from oidc_payload where model = 'Grant' and account_id = ?", [person.id]);
  const consents = await sql("select 1 from audit_entry where type = 'consent_granted' and user_id = ?", [person.id]);
  expect([grants.length, consents.length]).toEqual([1, 1]);
  const answers = await Promise.all(Array.from({ length: 20 }, () => poll(asked.device_code)));
  const given = answers.filter((each) => typeof each !== 'string');
  expect(new Set(answers.filter((each) => typeof each === 'string'))).toEqual(new Set(['invalid_grant']));
  // A code that was used twice costs what it had given (RFC 9700), maybe before the first had it.
  expect(given.length).toBeLessThanOrEqual(1);
  for (const { access_token } of given) expect(await viewerOf(access_token)).toBeNull();
});

test('of twenty people at once who allow it one is whom the device acts for', async () => {
  const asked = await begin();
  const people = await Promise.all(Array.from({ length: 20 }, () => aPerson(world)));
  const done = await Promise.all(people.map((person) => isDone(asked.user_code, 'ALLOW', signedInAs(person))));
  expect(done.filter(Boolean)).toHaveLength(1);
  const tokens = await tokensFor(asked.device_code);
  expect(tokens.claims()?.sub).toBe(people[done.indexOf(true)]?.id);
});

test('nobody finds out codes by trying: sixty an hour, right or wrong, then none is looked at', async () => {
  const { user_code: code } = await begin();
  const guesser = signedInAs(await aPerson(world));
  const tries = await Promise.all(
    Array.from({ length: 70 }, () => world.gql(GATEWAY, VIEW, { visit: visitOf('BCDFGHJK', guesser) }, outside)),
  );
  expect(tries.filter((reply) => codesOf(reply)[0] === 'RATE_LIMITED')).toHaveLength(10);
  expect(codesOf(await answer(code, 'ALLOW', guesser))).toEqual(['RATE_LIMITED']);
  expect((await view(code, signedInAs(await aPerson(world))))?.need).toBe('CONSENT');
});

test('an address may try no more than 300 codes an hour, whoever does', async () => {
  const address = '203.0.113.7';
  const people = await Promise.all(Array.from({ length: 6 }, () => aPerson(world)));
  const visits = people.flatMap((person) =>
    Array.from({ length: 52 }, () => ({ ...visitOf('BCDFGHJK', signedInAs(person)), address })),
  );
  const tries = await Promise.all(visits.map((visit) => world.gql(GATEWAY, VIEW, { visit }, outside)));
  expect(tries.filter((reply) => codesOf(reply)[0] === 'RATE_LIMITED')).toHaveLength(12);
});

test('only the gateway may ask and answer, and only what there is to answer', async () => {
  const { user_code: code } = await begin();
  for (const viewer of [serviceViewer('portal'), world.person.viewer]) {
    expect(codesOf(await answer(code, 'ALLOW', undefined, viewer))).toEqual(['FORBIDDEN']);
    expect(codesOf(await world.gql(viewer, VIEW, { visit: visitOf(code) }, outside))).toEqual(['FORBIDDEN']);
  }
  expect(fieldsOf(await answer(code, 'PERHAPS'))).toEqual(['answer']);
  expect(fieldsOf(await world.gql(GATEWAY, VIEW, { visit: { userCode: code } }, outside))).toEqual(['visit']);
  expect((await view(code))?.need).toBe('CONSENT');
});

test('no member of the tenant allows nothing, nor does one without the factor that it wants', async () => {
  const { place } = world;
  const { user_code: code, device_code: device } = await begin();
  await aTenant(world);
  const stranger = await aPerson(world);
  world.tenantId = place.id;
  expect((await view(code, signedInAs(stranger)))?.need).toBe('MEMBERSHIP');
  expect(fieldsOf(await answer(code, 'ALLOW', signedInAs(stranger)))).toEqual(['answer']);
  await sql('update tenant set mfa_required = true where id = ?', [place.id]);
  expect((await view(code))?.need).toBe('FACTOR');
  expect(fieldsOf(await answer(code, 'ALLOW'))).toEqual(['answer']);
  const proven = signedInAs(world.person, { acr: 'aal2', amr: ['pwd', 'otp'] });
  expect(await isDone(code, 'ALLOW', proven)).toBe(true);
  await sql('update tenant set mfa_required = false where id = ?', [place.id]);
  expect((await viewerOf((await tokensFor(device)).access_token))?.acr).toBe('aal2');
});

test('an application that was not approved for it, or is stopped, begins nothing', async () => {
  const other = await discover(world, await anApplication(world, { confidential: false }), client.None());
  await expect(client.initiateDeviceAuthorization(other, { scope: 'openid' })).rejects.toMatchObject({
    error: 'invalid_request',
  });
  const asked = await begin();
  expect(await poll(asked.device_code, {}, other)).toBe('invalid_request');
  await sql("update application set status = 'DISABLED' where id = ?", [app.id]);
  expect(await view(asked.user_code)).toBeNull();
  await sql("update application set status = 'APPROVED' where id = ?", [app.id]);
  expect((await view(asked.user_code))?.need).toBe('CONSENT');
});

test('whoever takes back what they allowed ends the device', async () => {
  const asked = await begin({ scope: 'openid offline_access' });
  await isDone(asked.user_code, 'ALLOW');
  const tokens = await tokensFor(asked.device_code);
  const { consents } = await world.data<{ consents: { edges: { node: { id: string } }[] } }>(
    world.person.viewer,
    'query { consents { edges { node { id application { id } } } } }',
  );
  for (const { node } of consents.edges)
    await world.data(world.person.viewer, 'mutation($id: ID!) { revokeConsent(id: $id) { id } }', { id: node.id });
  expect(await viewerOf(tokens.access_token)).toBeNull();
  await expect(client.refreshTokenGrant(config, tokens.refresh_token as string)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
});

test('a copy of the database tells no code, and the library’s own pages are not there', async () => {
  const { user_code: code, device_code: device } = await begin();
  const [{ all } = { all: '' }] = await sql<{ all: string }>(
    "select string_agg(key || payload::text || coalesce(uid, ''), ' ') as all from oidc_payload where model = 'DeviceCode'",
  );
  for (const secret of [code, code.replace('-', ''), device]) expect(all).not.toContain(secret);
  for (const path of ['/oidc/device', '/oidc/device/abc']) {
    const answer = await world.fetch(world.url(path), { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account/device']);
  }
});
