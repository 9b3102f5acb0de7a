import { randomBytes, randomUUID } from 'node:crypto';
import { SIGNED_IN_HEADER, type SignedIn, sealSignedIn, signedInKey } from '@polity/kernel/request/signed-in';
import { serviceViewer } from '@polity/kernel/testing/harness';
import * as client from 'openid-client';
import { generate } from 'otplib';
import { aPerson, codesOf, type Person } from './harness.ts';
import {
  anApplication,
  answerTo,
  authorizeUrl,
  type Browser,
  begin,
  consentTo,
  discover,
  type OidcWorld,
  proveAnew,
  signIn,
  startOidc,
  type TestClient,
  tokensFor,
  viewOf,
} from './oidc-harness.ts';

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

const requestOf = async (more: Record<string, string> = {}) => (await authorizeUrl(config, more)).url;
const open = async (more: Record<string, string> = {}) => begin(browser, await requestOf(more));
const needOf = async (page: string) => (await viewOf(world, browser, page))?.need;
const pathOf = (reply: { data?: unknown }) => (reply.data as { path: string | null }).path;
const errorOf = (url: URL | string | null) => new URL(String(url)).searchParams.get('error');

async function withFactor(): Promise<Person> {
  const person = await aPerson(world);
  const begin = 'mutation { begun: beginTotpEnrolment { secret } }';
  const { begun } = await world.data<{ begun: { secret: string } }>(person.viewer, begin);
  const code = await generate({ secret: begun.secret, epoch: Math.floor(world.clock.nowMs() / 1000) });
  const confirm = 'mutation($code: String!) { confirmTotpEnrolment(code: $code) { codes } }';
  await world.data(person.viewer, confirm, { code });
  return person;
}

test('whoever is signed in at the gateway is signed in at the provider, and whoever is not is asked', async () => {
  const silent = () => requestOf({ prompt: 'none', scope: 'openid' });
  expect(errorOf((await browser.get(await silent())).headers.get('location'))).toBe('login_required');
  await signIn(world, browser, world.person);
  expect(errorOf((await browser.get(await silent())).headers.get('location'))).toBe('consent_required');
  await consentTo(world, browser, await requestOf());
  expect(errorOf((await browser.get(await silent())).headers.get('location'))).toBeNull();
  browser.signedIn = null;
  expect(errorOf((await browser.get(await silent())).headers.get('location'))).toBe('login_required');
});

test('what was allowed once is not asked again in the next session, and not after it was taken back', async () => {
  const own = await discover(world, await anApplication(world));
  const person = await aPerson(world);
  const silently = async () => {
    const { url } = await authorizeUrl(own, { prompt: 'none', scope: 'openid profile' });
    return errorOf((await browser.get(url)).headers.get('location'));
  };
  await signIn(world, browser, person);
  await tokensFor(world, own, { scope: 'openid profile' }, browser);
  browser = world.browser();
  await signIn(world, browser, person);
  expect(await silently()).toBeNull();
  const { consents } = await world.data<{ consents: { edges: { node: { id: string } }[] } }>(
    person.viewer,
    '{ consents { edges { node { id } } } }',
  );
  expect(consents.edges).toHaveLength(1);
  const id = consents.edges[0]?.node.id;
  await world.data(person.viewer, 'mutation($id: ID!) { revokeConsent(id: $id) { id } }', { id });
  expect(await silently()).toBe('consent_required');
});

test('the page says who asks for what, where it leads, and how the request begins anew', async () => {
  await signIn(world, browser, world.person);
  const page = await open({ login_hint: 'somebody@people.test', ui_locales: 'da en', state: 's-1' });
  expect(page).toContain(`tenant=${world.place.slug}`);
  expect(page).toContain('ui_locales=da+en');
  const view = await viewOf(world, browser, page);
  expect(view).toEqual({
    need: 'CONSENT',
    application: 'Test app',
    tenant: world.place.slug,
    scopes: expect.arrayContaining([{ scope: 'email', text: 'See your address' }]),
    leadsTo: 'app.example',
    formTargets: ['https://app.example'],
    loginHint: 'somebody@people.test',
    restart: expect.stringMatching(/^\/oidc\/authorize\?/),
  });
  expect(new URLSearchParams(view?.restart.split('?')[1]).get('state')).toBe('s-1');
});

test.each<[string, Record<string, string>, Partial<SignedIn>, Partial<SignedIn>]>([
  ['prompt=login', { prompt: 'login' }, {}, {}],
  ['max_age', { max_age: '60' }, { authTime: 1_000 }, { authTime: Math.floor(Date.now() / 1000) }],
])('%s wants a proof that is newer than the request', async (_, more, before, after) => {
  await signIn(world, browser, world.person, before);
  const page = await open(more);
  expect(await needOf(page)).toBe('PROOF');
  expect(codesOf(await answerTo(world, browser, page, 'CONTINUE'))).toEqual(['VALIDATION_ERROR']);
  proveAnew(browser, after);
  expect(await needOf(page)).toBe('NOTHING');
  expect(pathOf(await answerTo(world, browser, page, 'CONTINUE'))).toMatch(/^\/oidc\/authorize\//);
});

test('a second factor that the application wishes is asked of those who have one', async () => {
  await signIn(world, browser, world.person);
  expect(await needOf(await open({ acr_values: 'aal2' }))).toBe('NOTHING');
  await signIn(world, browser, await withFactor());
  const page = await open({ acr_values: 'aal2' });
  expect(await needOf(page)).toBe('FACTOR');
  proveAnew(browser, { acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] });
  expect(await needOf(page)).toBe('NOTHING');
});

test('a second factor that the tenant wants is asked of all', async () => {
  await signIn(world, browser, world.person);
  const em = world.subgraph('identity').runtime.em(null);
  const want = (wanted: boolean) =>
    em.execute('update tenant set mfa_required = ? where id = ?', [wanted, world.tenantId]);
  await want(true);
  try {
    const page = await open();
    expect(await needOf(page)).toBe('FACTOR');
    proveAnew(browser, { amr: ['pwd', 'swk'] });
    expect(await needOf(page)).toBe('NOTHING');
  } finally {
    await want(false);
  }
});

test('a hint of another account than the one signed in is not passed over', async () => {
  const other = await aPerson(world);
  const { id_token: hint } = await tokensFor(world, config, { scope: 'openid' }, browser);
  await signIn(world, browser, other);
  const page = await open({ id_token_hint: hint as string });
  expect(await needOf(page)).toBe('OTHER_ACCOUNT');
  await signIn(world, browser, world.person);
  expect(await needOf(page)).toBe('NOTHING');
});

test('an account from outside the tenant of the application does not go on, and can go back with an error', async () => {
  world.tenantId = null;
  const stranger = await aPerson(world);
  world.tenantId = world.place.id;
  await signIn(world, browser, stranger);
  expect(await needOf(await open())).toBe('MEMBERSHIP');
  expect(errorOf(await consentTo(world, browser, await requestOf()))).toBe('access_denied');
});

test('signing in as somebody else while an application asks begins a session of theirs', async () => {
  await signIn(world, browser, world.person);
  const mine = await tokensFor(world, config, { scope: 'openid graph.read' }, browser);
  const page = await open({ prompt: 'login' });
  const other = await aPerson(world);
  await world.ports.oidc.liveSessions.end((browser.signedIn as SignedIn).sessionId);
  await signIn(world, browser, other);
  const end = await consentTo(world, browser, pathOf(await answerTo(world, browser, page, 'CONTINUE')) as string);
  expect(end.searchParams.get('code')).toBeTruthy();
  expect((await client.tokenIntrospection(config, mine.access_token)).active).toBe(false);
});

test('whoever became somebody else does not allow what the former was asked for', async () => {
  await signIn(world, browser, world.person);
  const page = await open();
  await signIn(world, browser, await aPerson(world));
  expect(await needOf(page)).toBe('NEW_BEGINNING');
  expect(codesOf(await answerTo(world, browser, page, 'ALLOW'))).toEqual(['VALIDATION_ERROR']);
});

test('an authorization belongs to the browser that began it', async () => {
  await signIn(world, browser, world.person);
  const page = await open();
  const thief = world.browser();
  await signIn(world, thief, await aPerson(world));
  expect(await viewOf(world, thief, page)).toBeNull();
  expect(pathOf(await answerTo(world, thief, page, 'ALLOW'))).toBeNull();
  // A cookie of one's own for somebody else's authorization is not signed for it.
  const uid = page.split('/').at(-1)?.split('?')[0] as string;
  for (const [name, cookie] of browser.cookies)
    if (!name.includes('.sig')) thief.cookies.set(name, { ...cookie, value: uid });
  expect(await viewOf(world, thief, page)).toBeNull();
});

test('only the gateway answers for people', async () => {
  await signIn(world, browser, world.person);
  const page = await open();
  for (const viewer of [serviceViewer('portal'), serviceViewer('events')])
    expect(codesOf(await answerTo(world, browser, page, 'ALLOW', viewer))).toEqual(['FORBIDDEN']);
  expect(codesOf(await answerTo(world, browser, page, 'ALLOW', world.person.viewer))).not.toEqual([]);
});

test.each<[string, (key: Buffer, signedIn: SignedIn) => string]>([
  ['sealed with another key', (_, signedIn) => sealSignedIn(randomBytes(32), signedIn)],
  ['older than its time', (key, signedIn) => sealSignedIn(key, signedIn, Date.now() - 60_000)],
  [
    'not sealed',
    (_, signedIn) => Buffer.from(JSON.stringify({ signedIn, until: Date.now() * 2 })).toString('base64url'),
  ],
  [
    'changed',
    (key, signedIn) => {
      const [, mac] = sealSignedIn(key, signedIn).split('.');
      const other = { signedIn: { ...signedIn, userId: randomUUID() }, until: Date.now() * 2 };
      return `${Buffer.from(JSON.stringify(other)).toString('base64url')}.${mac}`;
    },
  ],
  ['no text of ours at all', () => '.'],
])('a word about who is signed in counts for nothing that is %s', async (_, made) => {
  await signIn(world, browser, world.person);
  const { signedIn } = browser;
  browser.signedIn = null;
  const header = made(signedInKey(world.platform.masterSecret), signedIn as SignedIn);
  const url = await requestOf({ prompt: 'none', scope: 'openid' });
  const answer = await world.fetch(url, { headers: { [SIGNED_IN_HEADER]: header }, redirect: 'manual' });
  expect(errorOf(answer.headers.get('location'))).toBe('login_required');
});

test('of twenty answers at once one is recorded, and all lead the same way', async () => {
  const person = await aPerson(world);
  await signIn(world, browser, person);
  const page = await open();
  const replies = await Promise.all(Array.from({ length: 20 }, () => answerTo(world, browser, page, 'ALLOW')));
  expect(new Set(replies.map(pathOf)).size).toBe(1);
  const end = await consentTo(world, browser, pathOf(replies[0]!) as string);
  expect(end.searchParams.get('code')).toBeTruthy();
  const log = '{ auditLog(filter: { types: ["consent_granted"] }) { edges { node { userId data } } } }';
  const { auditLog } = await world.data<{ auditLog: { edges: { node: { userId: string; data: object } }[] } }>(
    world.place.owner.viewer,
    log,
  );
  const own = auditLog.edges.filter(({ node }) => node.userId === person.id);
  expect(own).toHaveLength(1);
  expect(own[0]?.node.data).toMatchObject({ applicationId: app.id });
});

test('an answer that the authorization does not wait for is refused, and one that is unknown', async () => {
  const page = await open();
  expect(await needOf(page)).toBe('SIGN_IN');
  for (const answer of ['CONTINUE', 'ALLOW', 'MAYBE'])
    expect(codesOf(await answerTo(world, browser, page, answer))).toEqual(['VALIDATION_ERROR']);
});

test('who refuses goes back to the application with an error', async () => {
  const page = await open();
  const path = pathOf(await answerTo(world, browser, page, 'REFUSE')) as string;
  const end = new URL((await browser.get(path)).headers.get('location') as string);
  expect([end.origin + end.pathname, errorOf(end)]).toEqual(['https://app.example/callback', 'access_denied']);
});
