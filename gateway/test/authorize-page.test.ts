import { LANGUAGES } from '@polity/kernel/pages/language';
import { generate } from 'otplib';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';
import { openPageBrowser, type PageBrowser, type Sight } from './page-browser.ts';
import { actionOf, anApplication, answerOf, authorizePath, CALLBACK } from './provider-visit.ts';

const PASSWORD = 'polity-demo-password';

let at: GatewayWorld;
let clientId: string;
let browser: PageBrowser;
beforeAll(async () => {
  at = await startGatewayWorld();
  const scopes = ['openid', 'email', 'portal.read'];
  clientId = await anApplication(await at.person('admin'), { name: 'Notes & <more>', scopes });
});
beforeEach(() => {
  browser = openPageBrowser(at.port);
});
afterAll(() => at?.close());

/** What was allowed before is asked again, so that no test depends on another. */
const authorize = (more: Record<string, string> = {}) =>
  browser.open(authorizePath(clientId, { prompt: 'consent', ...more }));
const allow = (seen: Sight) => browser.submit(actionOf(seen), { act: 'allow' });

/** Follows the link of a page that goes on by itself. */
async function goOn({ html, at: place }: Sight): Promise<Sight> {
  const [, to] = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(html) ?? [];
  if (!to) throw new Error(`${place} does not go on: ${html}`);
  return browser.open(to.replaceAll('&amp;', '&'));
}

const signIn = async (email: string) =>
  goOn(await browser.submit('/account/sign-in', { email, password: PASSWORD, act: 'password' }));

async function signInAtHome(email: string): Promise<void> {
  await browser.open('/account/sign-in');
  await browser.submit('/account/sign-in', { email, password: PASSWORD, act: 'password' });
}

test('a stranger signs in on the page of accounts, is told what is asked, and is signed in here from then on', async () => {
  const asked = await authorize({ login_hint: 'alice@demo.test', scope: 'openid email portal.read' });
  expect([asked.at.split('?')[0], asked.status]).toEqual(['/account/sign-in', 200]);
  expect(asked.html).toContain('value="alice@demo.test"');
  const wrong = await browser.submit('/account/sign-in', { password: 'not the passphrase', act: 'password' });
  expect([wrong.status, wrong.alert]).toEqual([400, 'That is not right. Check what you typed.']);
  const consent = await signIn('alice@demo.test');
  expect(consent.title).toBe('Allow Notes & <more>?');
  for (const text of [
    'Demo',
    'Alice',
    'alice@demo.test',
    'See your e-mail address',
    'communities and posts',
    'app.example',
  ])
    expect(consent.html).toContain(text);
  expect(consent.html).toContain('Connected applications');
  expect(consent.html).not.toContain('<more>');
  expect(consent.headers['content-security-policy']).toContain("form-action 'self' https://app.example;");
  expect(answerOf(await allow(consent)).get('code')).toBeTruthy();
  expect((await browser.open('/account')).title).toBe('Your account');
  expect(answerOf(await authorize({ prompt: 'none' })).get('code')).toBeTruthy();
});

test('whoever is signed in here is not asked for a password', async () => {
  await signInAtHome('bob@demo.test');
  const consent = await authorize({ state: 's-1' });
  const end = answerOf(await allow(consent));
  expect([end.get('state'), end.get('iss')]).toEqual(['s-1', 'http://localhost:4000']);
});

test('whoever refuses goes back with an error, and whoever is somebody else signs in as them', async () => {
  await signInAtHome('bob@demo.test');
  const refused = await browser.submit(actionOf(await authorize()), { act: 'refuse' });
  expect(answerOf(refused).get('error')).toBe('access_denied');
  const other = await browser.submit(actionOf(await authorize()), { act: 'other' });
  expect(other.at).toContain('/account/sign-in?');
  const consent = await signIn('alice@demo.test');
  expect(consent.html).toContain('alice@demo.test');
  expect(answerOf(await allow(consent)).get('code')).toBeTruthy();
});

test('prompt=login and max_age ask for a new proof of whoever is signed in', async () => {
  await signInAtHome('bob@demo.test');
  for (const more of [{ prompt: 'login consent' }, { prompt: 'login consent', max_age: '0' }] as Record<
    string,
    string
  >[]) {
    const asked = await authorize(more);
    expect(asked.title).toBe('Confirm that it is you');
    const wrong = await browser.submit('/account/reauthenticate', { password: 'not the passphrase' });
    expect(wrong.status).toBe(400);
    const consent = await goOn(await browser.submit('/account/reauthenticate', { password: PASSWORD }));
    expect(answerOf(await allow(consent)).get('code')).toBeTruthy();
  }
});

test('a proof of identity can be a new sign-in, also as somebody else', async () => {
  await signInAtHome('bob@demo.test');
  const asked = await authorize({ prompt: 'login consent' });
  const anew = /href="([^"]*anew=yes[^"]*)"/.exec(asked.html)?.[1]?.replaceAll('&amp;', '&') as string;
  await browser.open(anew);
  const consent = await signIn('alice@demo.test');
  expect(consent.html).toContain('alice@demo.test');
  expect(answerOf(await allow(consent)).get('code')).toBeTruthy();
});

test('a second factor that the application wishes is asked of who has one', async () => {
  const root = await at.person('root');
  const { secret } = await root.get('mutation { beginTotpEnrolment { secret } }');
  const code = () => generate({ secret, epoch: Math.floor(at.world.clock.nowMs() / 1000) });
  await root.get('mutation($code: String!) { confirmTotpEnrolment(code: $code) { codes } }', { code: await code() });
  at.world.clock.advance(30_000);
  await authorize({ acr_values: 'aal2' });
  const factor = await browser.submit('/account/sign-in', {
    email: 'root@demo.test',
    password: PASSWORD,
    act: 'password',
  });
  expect(factor.title).toBe('Confirm that it is you');
  const consent = await goOn(await browser.submit('/account/mfa', { totp: await code() }));
  expect(answerOf(await allow(consent)).get('code')).toBeTruthy();
});

test('an account that is no member of the tenant is told so, and may be another', async () => {
  const admin = await at.person('admin');
  await admin.get('mutation { createTenant(input: { slug: "closed", name: "Closed Circle" }) { id } }');
  await admin.get('mutation { switchTenant(slug: "closed") { id } }');
  const own = await anApplication(admin);
  await signInAtHome('bob@demo.test');
  const seen = await browser.open(authorizePath(own));
  expect(seen.title).toBe('Another account is needed');
  expect(seen.html).toContain('Closed Circle');
  expect(answerOf(await browser.submit(actionOf(seen), { act: 'refuse' })).get('error')).toBe('access_denied');
});

test('the page of one browser is nothing to another, and one that is over says so with a way out', async () => {
  const page = (await authorize()).at;
  const uid = /authorize%2F([\w-]+)/.exec(page)?.[1] as string;
  const thief = openPageBrowser(at.port);
  await thief.open('/account/sign-in');
  await thief.submit('/account/sign-in', { email: 'bob@demo.test', password: PASSWORD, act: 'password' });
  const seen = await thief.open(`/account/authorize/${uid}`);
  expect([seen.status, seen.title]).toEqual([400, 'This did not work']);
  expect(seen.html).toMatch(/begun in another browser[\s\S]*name this request: [\w-]+[\s\S]*href="\/account"/);
});

test('a form that is not this page’s, or of another site, answers nothing', async () => {
  await signInAtHome('bob@demo.test');
  const action = actionOf(await authorize());
  const csrf = /name="csrf" value="([^"]*)"/.exec(browser.seen()?.html ?? '')?.[1] as string;
  const tries: [Record<string, string>, Record<string, string>][] = [
    [{ act: 'allow' }, {}],
    [{ act: 'allow', csrf: 'x'.repeat(43) }, {}],
    [{ act: 'allow', csrf }, { origin: 'https://evil.example' }],
    [{ act: 'allow', csrf }, { origin: 'null' }],
  ];
  for (const [fields, headers] of tries) {
    const seen = await browser.post(action, fields, headers);
    expect([seen.status, seen.at]).toEqual([400, action]);
  }
  expect(answerOf(await browser.post(action, { act: 'allow', csrf })).get('code')).toBeTruthy();
});

test.each(LANGUAGES)('all of it can be read in %s', async (language) => {
  const asked = await authorize({ ui_locales: language, scope: 'openid email portal.read' });
  expect(asked.html).toContain(`<html lang="${language}">`);
  const consent = await signIn('alice@demo.test');
  expect(consent.html).toContain(`<html lang="${language}">`);
  const words = { en: 'See your e-mail', ru: 'электронной почты', de: 'E-Mail-Adresse sehen', da: 'Se din e-mail' };
  expect(consent.html).toContain(words[language]);
  expect(consent.at.startsWith(CALLBACK)).toBe(false);
});

test('a made-up word about who is signed in, sent by a browser, counts for nothing', async () => {
  const answer = await browser.open(authorizePath(clientId, { prompt: 'none' }), { 'x-polity-signed-in': 'e30.e30' });
  expect(answerOf(answer).get('error')).toBe('login_required');
});

interface Mail {
  to: string;
  links: string[];
}
function tokenTo(email: string): string {
  const { keptMails } = at.world.subgraph('identity').ports as { keptMails(): Mail[] };
  const links = keptMails().find(({ to, links }) => to === email && links.some((link) => link.includes('#token=')));
  return links?.links[0]?.split('#token=')[1] as string;
}

async function askForLink(email: string): Promise<string> {
  await authorize({ scope: 'openid email portal.read' });
  await browser.submit('/account/sign-in', { email, act: 'link' });
  return tokenTo(email);
}
const followLink = async (who: PageBrowser, token: string) => {
  await who.open('/account/sign-in?tenant=demo');
  return who.submit('/account/sign-in', { token, act: 'use-link' });
};

test('a mailed link that was asked for on the way to an application leads on to it, in that browser', async () => {
  const token = await askForLink('alice@demo.test');
  const consent = await goOn(await followLink(browser, token));
  expect(consent.title).toBe('Allow Notes & <more>?');
  expect(answerOf(await allow(consent)).get('code')).toBeTruthy();
  expect(browser.cookies.has('polity-way')).toBe(false);
});

test('in another browser it leads to the account, and a link asked for elsewhere leads nowhere else', async () => {
  const token = await askForLink('bob@demo.test');
  const elsewhere = openPageBrowser(at.port);
  expect((await followLink(elsewhere, token)).at).toBe('/account');
});

test('a password chosen anew on the way to an application leads on to it after the sign-in', async () => {
  await authorize({ scope: 'openid email portal.read' });
  const forgot = /href="(\/account\/forgot-password[^"]*)"/.exec(browser.seen()?.html ?? '')?.[1] as string;
  await browser.open(forgot.replaceAll('&amp;', '&'));
  await browser.submit('/account/forgot-password', { email: 'alice@demo.test' });
  const token = tokenTo('alice@demo.test');
  await browser.open('/account/reset-password');
  await browser.submit('/account/reset-password', { token, newPassword: PASSWORD });
  const consent = await signIn('alice@demo.test');
  expect(consent.title).toBe('Allow Notes & <more>?');
});
