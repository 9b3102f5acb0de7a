import { serviceViewer } from '@polity/kernel/testing/harness';
import * as client from 'openid-client';
import type { Ports } from '../src/ports.ts';
import { PASSWORD, type Person } from './harness.ts';
import {
  anApplication,
  authorizeUrl,
  type Browser,
  discover,
  type OidcWorld,
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

const nowSeconds = () => Math.floor(world.clock.nowMs() / 1000);
const outs = () => (world.subgraph('identity').ports as Ports).oidc.signOuts;
const signOut = ({ id }: Person) => outs().signOut(id, nowSeconds());

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
  await signOut(world.person);
  expect(await silently()).toBe('login_required');
  await tokensFor(world, config, {}, browser);
  expect(await silently()).toBeNull();
});

test('tokens end with the session that they were given in, those for offline use do not', async () => {
  const bound = await tokensFor(world, config, { scope: 'openid graph.read' }, browser);
  const offline = await tokensFor(world, config, {}, browser);
  expect([await stands(bound.access_token), await stands(offline.access_token)]).toEqual([true, true]);
  await signOut(world.person);
  expect([await stands(bound.access_token), await stands(offline.access_token)]).toEqual([false, true]);
  expect((await client.tokenIntrospection(config, bound.access_token)).active).toBe(false);
  await expect(client.refreshTokenGrant(config, bound.refresh_token!)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  expect((await client.refreshTokenGrant(config, offline.refresh_token!)).access_token).toBeTruthy();
});

test('a sign-in that was not gone through with before the sign-out leads nowhere', async () => {
  const { url } = await authorizeUrl(config);
  const page = (await browser.get(url)).headers.get('location') as string;
  const csrf = /name="csrf" value="([^"]*)"/.exec(await (await browser.get(page)).text())?.[1] as string;
  const proved = await browser.post(`${page}/login`, { csrf, email: world.person.email, password: PASSWORD });
  await signOut(world.person);
  const resumed = await browser.get(proved.headers.get('location') as string);
  expect([resumed.status, resumed.headers.get('location')]).toEqual([400, null]);
  expect(await silently()).toBe('login_required');
});

test('an end that is told late leaves alone who came back since', async () => {
  const told = nowSeconds();
  world.clock.advance(2_000);
  await tokensFor(world, config, {}, browser);
  await outs().endUntil(world.person.id, told);
  expect(await silently()).toBeNull();
});

test('the clock of who ends a sign-in may be behind that of who took it', async () => {
  await tokensFor(world, config, {}, browser);
  await outs().signOut(world.person.id, nowSeconds() - 30);
  expect(await silently()).toBe('login_required');
});

test('when the store has lost what it knew, nobody is signed in', async () => {
  await tokensFor(world, config, {}, browser);
  await world.platform.kv.deleteMany([`proved:${world.person.id}`, `signed-out:${world.person.id}`]);
  expect(await silently()).toBe('login_required');
});

test('of twenty sign-outs and sign-ins at once, the latest instant counts', async () => {
  const id = '01890000-0000-7000-8000-000000000001';
  const work = Array.from({ length: 20 }, (_, n) =>
    n % 2 ? outs().signOut(id, 1_000 + n) : outs().proved(id, 1_000 + n),
  );
  const proofs = (await Promise.all(work)).filter((time) => time !== undefined);
  await outs().signOut(id, 0);
  for (const time of proofs) expect(await outs().isOver(id, time)).toBe(true);
  expect(await outs().isOver(id, await outs().proved(id, 0))).toBe(false);
});
