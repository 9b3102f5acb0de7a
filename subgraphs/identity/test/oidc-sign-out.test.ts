import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { liveKey } from '@polity/kernel/request/live-sessions';
import type { SignedIn } from '@polity/kernel/request/signed-in';
import { serviceViewer } from '@polity/kernel/testing/harness';
import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { codesOf } from './harness.ts';
import {
  anApplication,
  answerTo,
  authorizeUrl,
  type Browser,
  begin,
  discover,
  type OidcWorld,
  signIn,
  startOidc,
  type TestClient,
  tokensFor,
} from './oidc-harness.ts';

// Sign-outs happen at the gateway; what the provider makes of them is tried here, the way from there in the gateway's tests.
let world: OidcWorld;
let app: TestClient;
let config: client.Configuration;
let browser: Browser;
beforeAll(async () => {
  world = await startOidc();
  app = await anApplication(world);
  config = await discover(world, app);
});
beforeEach(() => {
  browser = world.browser();
});
afterAll(() => world.close());

const sessions = () => world.ports.oidc.liveSessions;
const signOut = () => sessions().end((browser.signedIn as SignedIn).sessionId);

/** What an application gets that asks without bothering anybody: a code, or why not. */
async function silently(): Promise<string | null> {
  const { url } = await authorizeUrl(config, { prompt: 'none', scope: 'openid' });
  const answer = await browser.get(url);
  return new URL(answer.headers.get('location') as string).searchParams.get('error');
}

async function stands(token: string): Promise<boolean> {
  const query = 'query($token: String!) { _introspectToken(token: $token) }';
  const at = { tenantId: null };
  const data = await world.data<{ _introspectToken: unknown }>(serviceViewer('gateway'), query, { token }, at);
  return data._introspectToken !== null;
}

test('whoever signed out is asked again, and at once let in again who proves who they are', async () => {
  await tokensFor(world, config, {}, browser);
  expect(await silently()).toBeNull();
  await signOut();
  browser.signedIn = null;
  expect(await silently()).toBe('login_required');
  await tokensFor(world, config, {}, browser);
  expect(await silently()).toBeNull();
});

test('tokens end with the session that they were given in, those for offline use do not', async () => {
  const bound = await tokensFor(world, config, { scope: 'openid graph.read' }, browser);
  const offline = await tokensFor(world, config, {}, browser);
  expect([await stands(bound.access_token), await stands(offline.access_token)]).toEqual([true, true]);
  await signOut();
  expect([await stands(bound.access_token), await stands(offline.access_token)]).toEqual([false, true]);
  expect((await client.tokenIntrospection(config, bound.access_token)).active).toBe(false);
  await expect(client.refreshTokenGrant(config, bound.refresh_token!)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  expect((await client.refreshTokenGrant(config, offline.refresh_token!)).access_token).toBeTruthy();
});

test('a sign-in that was not gone through with before the sign-out leads nowhere', async () => {
  await signIn(world, browser, world.person);
  const { signedIn } = browser;
  browser.signedIn = null;
  const page = await begin(browser, (await authorizeUrl(config)).url);
  browser.signedIn = signedIn;
  const { data } = await answerTo(world, browser, page, 'CONTINUE');
  await signOut();
  const resumed = await browser.get((data as { path: string }).path);
  expect([resumed.status, resumed.headers.get('location')]).toEqual([400, null]);
  browser.signedIn = null;
  expect(await silently()).toBe('login_required');
});

test('a session that the gateway does not name any more counts no more, even where it was not ended', async () => {
  await tokensFor(world, config, {}, browser);
  browser.signedIn = null;
  expect(await silently()).toBe('login_required');
});

test('a sign-out in one browser leaves what the same person has in another', async () => {
  const other = world.browser();
  const tokens = await tokensFor(world, config, { scope: 'openid graph.read' }, other);
  await tokensFor(world, config, {}, browser);
  await signOut();
  expect(await stands(tokens.access_token)).toBe(true);
  expect((await client.refreshTokenGrant(config, tokens.refresh_token!)).access_token).toBeTruthy();
});

test('when the store has lost what it knew, nobody is signed in', async () => {
  const tokens = await tokensFor(world, config, { scope: 'openid graph.read' }, browser);
  await world.platform.kv.deleteMany([liveKey((browser.signedIn as SignedIn).sessionId)]);
  expect(await stands(tokens.access_token)).toBe(false);
});

describe('applications that want to know of a sign-out', () => {
  const told: string[] = [];
  let listener: Server;
  let watching: client.Configuration;
  beforeAll(async () => {
    listener = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        told.push(new URLSearchParams(body).get('logout_token') ?? '');
        response.writeHead(200).end();
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    const made = await anApplication(world, { backchannelLogoutUri: `http://127.0.0.1:${port}/logout` });
    watching = await discover(world, made);
  });
  beforeEach(() => {
    told.length = 0;
  });
  afterAll(() => {
    listener.closeAllConnections();
    listener.close();
  });

  const SIGNED_OUT =
    'mutation($userId: ID!, $sessionIds: [ID!]!) { count: _browserSignedOut(userId: $userId, sessionIds: $sessionIds) }';
  const say = (sessionIds: string[], viewer = serviceViewer('gateway')) =>
    world.gql(viewer, SIGNED_OUT, { userId: world.person.id, sessionIds }, { tenantId: null });
  const countOf = (reply: Awaited<ReturnType<typeof say>>) => (reply.data as { count: number } | null)?.count ?? 0;
  async function untilTold(): Promise<void> {
    for (let wait = 0; wait < 100 && told.length === 0; wait++) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  test('are told once, however often the gateway says so, and of no other browser', async () => {
    const other = world.browser();
    await tokensFor(world, watching, { scope: 'openid' }, other);
    const tokens = await tokensFor(world, watching, { scope: 'openid' }, browser);
    const ids = [browser, other].map(({ signedIn }) => (signedIn as SignedIn).sessionId);
    expect(countOf(await say(ids))).toBe(0);
    await signOut();
    const said = await Promise.all(Array.from({ length: 20 }, () => say(ids)));
    expect(said.map(countOf).filter((count) => count > 0)).toEqual([1]);
    await untilTold();
    expect(told.map((token) => decodeJwt(token))).toMatchObject([
      { sub: world.person.id, aud: watching.clientMetadata().client_id, sid: tokens.claims()?.sid },
    ]);
  });

  test('only the gateway may say so', async () => {
    await tokensFor(world, watching, { scope: 'openid' }, browser);
    await signOut();
    const ids = [(browser.signedIn as SignedIn).sessionId];
    expect(codesOf(await say(ids, serviceViewer('portal')))).toEqual(['FORBIDDEN']);
    expect(codesOf(await say(ids, world.person.viewer))).toEqual(['FORBIDDEN']);
    expect(countOf(await say(ids))).toBe(1);
  });
});
