import { LANGUAGES } from '@polity/kernel/pages/language';
import { openBrowser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';
import { openPageBrowser, type PageBrowser } from './page-browser.ts';
import { anApplication } from './provider-visit.ts';

const PASSWORD = 'polity-demo-password';
const PAGE = '/account/device';
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

let at: GatewayWorld;
let clientId: string;
let browser: PageBrowser;
beforeAll(async () => {
  at = await startGatewayWorld();
  const more = { name: 'Tool & <more>', redirectUris: [], deviceFlow: true, scopes: ['openid', 'portal.read'] };
  clientId = await anApplication(await at.person('admin'), more);
});
beforeEach(() => {
  browser = openPageBrowser(at.port);
});
afterAll(() => at?.close());

async function send(path: string, fields: Record<string, string>) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ client_id: clientId, ...fields }).toString();
  const { text } = await openBrowser(at.port).send('POST', path, headers, body);
  return JSON.parse(text) as Record<string, string>;
}
const begin = async () =>
  (await send('/oidc/device-authorization', { scope: 'openid portal.read' })) as {
    user_code: string;
    device_code: string;
  };
const poll = (device_code: string) => send('/oidc/token', { grant_type: GRANT, device_code });

async function signIn(email: string): Promise<void> {
  await browser.open('/account/sign-in');
  await browser.submit('/account/sign-in', { email, password: PASSWORD, act: 'password' });
}

test('a stranger signs in, types the code, is told who asks for what, and the device goes on', async () => {
  const asked = await begin();
  expect((await browser.open(PAGE)).at).toContain('/account/sign-in?continue=%2Faccount%2Fdevice');
  const form = await browser.submit('/account/sign-in', {
    email: 'bob@demo.test',
    password: PASSWORD,
    act: 'password',
  });
  expect([form.status, form.title]).toEqual([200, 'Sign in on a device']);
  const typed = asked.user_code.toLowerCase().replace('-', ' ');
  const seen = await browser.submit(PAGE, { user_code: typed, act: 'look' });
  expect([seen.status, seen.title]).toEqual([200, 'Allow Tool & <more>?']);
  for (const text of [asked.user_code, 'Demo', 'bob@demo.test', 'communities and posts', 'Connected applications'])
    expect(seen.html).toContain(text);
  expect(seen.html).not.toMatch(/<more>|<script/);
  expect((await poll(asked.device_code)).error).toBe('authorization_pending');
  const done = await browser.submit(PAGE, { act: 'allow' });
  expect([done.status, done.html]).toEqual([200, expect.stringContaining('Go back to your device')]);
  expect((await poll(asked.device_code)).access_token).toMatch(/^polity_at_/);
  expect((await browser.open('/account')).html).toContain('Tool &amp; &lt;more&gt;');
});

test('whoever refuses allows nothing, and a code is answered once', async () => {
  await signIn('bob@demo.test');
  const asked = await begin();
  await browser.open(`${PAGE}?user_code=${asked.user_code}`);
  expect((await browser.submit(PAGE, { act: 'refuse' })).html).toContain('Nothing was allowed');
  expect((await poll(asked.device_code)).error).toBe('access_denied');
  const again = await browser.open(`${PAGE}?user_code=${asked.user_code}`);
  expect([again.status, again.alert]).toEqual([400, expect.stringContaining('This code is not right')]);
});

test('a wrong code stays in its field', async () => {
  await signIn('bob@demo.test');
  await browser.open(PAGE);
  const seen = await browser.submit(PAGE, { user_code: 'bcdf ghjk', act: 'look' });
  expect([seen.status, seen.title]).toEqual([400, 'Sign in on a device']);
  expect(seen.html).toContain('value="bcdf ghjk"');
});

test('whoever is somebody else signs in as them and comes back to the code', async () => {
  await signIn('bob@demo.test');
  const asked = await begin();
  await browser.open(`${PAGE}?user_code=${asked.user_code}`);
  const other = await browser.submit(PAGE, { act: 'other' });
  expect(other.at).toContain('/account/sign-in?');
  const seen = await browser.submit('/account/sign-in', {
    email: 'alice@demo.test',
    password: PASSWORD,
    act: 'password',
  });
  expect(seen.html).toContain('alice@demo.test');
  expect((await browser.submit(PAGE, { act: 'allow' })).status).toBe(200);
  expect((await poll(asked.device_code)).access_token).toBeTruthy();
});

test('a form of another site, or without its token, allows nothing', async () => {
  await signIn('bob@demo.test');
  const asked = await begin();
  await browser.open(`${PAGE}?user_code=${asked.user_code}`);
  const csrf = /name="csrf" value="([^"]*)"/.exec(browser.seen()?.html ?? '')?.[1] as string;
  const fields = { user_code: asked.user_code, act: 'allow' };
  const tries: [Record<string, string>, Record<string, string>][] = [
    [fields, {}],
    [{ ...fields, csrf }, { origin: 'https://evil.example' }],
  ];
  for (const [given, headers] of tries) expect((await browser.post(PAGE, given, headers)).status).toBe(400);
  expect((await poll(asked.device_code)).error).toBe('authorization_pending');
});

test('an application of another tenant says so, and nobody but its members allows it', async () => {
  const admin = await at.person('admin');
  await admin.get('mutation { createTenant(input: { slug: "workshop", name: "Workshop" }) { id } }');
  await admin.get('mutation { switchTenant(slug: "workshop") { id } }');
  const own = await anApplication(admin, { redirectUris: [], deviceFlow: true });
  const asked = await send('/oidc/device-authorization', { client_id: own, scope: 'openid' });
  await signIn('bob@demo.test');
  const seen = await browser.open(`${PAGE}?user_code=${asked.user_code}`);
  expect([seen.title, seen.html]).toEqual(['Another account is needed', expect.stringContaining('Workshop')]);
});

test.each(LANGUAGES)('all of it can be read in %s', async (language) => {
  const { user_code: code } = await begin();
  const asked = await browser.open(`${PAGE}?user_code=${code}&ui_locales=${language}`);
  expect(asked.html).toContain(`<html lang="${language}">`);
  const seen = await browser.submit('/account/sign-in', {
    email: 'bob@demo.test',
    password: PASSWORD,
    act: 'password',
  });
  const words = { en: 'Go on only if', ru: 'Продолжайте', de: 'Machen Sie nur weiter', da: 'Gå kun videre' };
  expect(seen.html).toContain(words[language]);
  const wrong = await browser.open(`${PAGE}?user_code=BCDFGHJK`);
  const refusals = { en: 'not right', ru: 'неверен', de: 'stimmt nicht', da: 'forkert' };
  expect(wrong.alert).toContain(refusals[language]);
});
