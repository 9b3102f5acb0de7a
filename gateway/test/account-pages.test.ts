import { readFileSync } from 'node:fs';
import { LANGUAGES } from '@polity/kernel/pages/language';
import { buildSchema, parse, validate } from 'graphql';
import { generate } from 'otplib';
import { catalogues } from '../src/pages/visit.ts';
import { ownPath } from '../src/pages/way.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';
import { openPageBrowser, type PageBrowser } from './page-browser.ts';

const PASSWORD = 'polity-demo-password';
const FRESH = 'another rather long passphrase';

let at: GatewayWorld;
let browser: PageBrowser;
beforeAll(async () => {
  at = await startGatewayWorld();
});
beforeEach(() => {
  browser = openPageBrowser(at.port);
});
afterAll(() => at?.close());

interface Mail {
  to: string;
  links: string[];
}
const mails = () => (at.world.subgraph('identity').ports as { keptMails(): Mail[] }).keptMails();
const tokenTo = (email: string) =>
  mails().find(({ to, links }) => to === email && links.some((link) => link.includes('#token=')))?.links[0] as string;

async function signIn(who: PageBrowser, email: string, password = PASSWORD) {
  await who.open('/account/sign-in');
  return who.submit('/account/sign-in', { email, password, act: 'password' });
}

async function newcomer(email: string): Promise<PageBrowser> {
  const person = openPageBrowser(at.port);
  await person.open('/account/sign-up');
  await person.submit('/account/sign-up', {
    email,
    password: PASSWORD.replace('demo', 'own'),
    displayName: 'New Person',
  });
  await person.open('/account/activate');
  await person.submit('/account/activate', { token: tokenTo(email) });
  return person;
}

test('a newcomer signs up, activates and is in the account, without a script', async () => {
  expect((await browser.open('/account')).at).toBe('/account/sign-in');
  expect((await browser.open('/account/sign-up')).title).toBe('Sign up to Demo');
  const refused = await browser.submit('/account/sign-up', {
    email: 'new@people.test',
    password: 'short',
    displayName: 'New',
  });
  expect([refused.status, refused.wrong('password')]).toEqual([400, 'needs at least 15 characters']);
  expect(refused.html).toContain('value="new@people.test"');
  expect(refused.html).not.toContain('short"');
  const told = await browser.submit('/account/sign-up', { password: 'quite a long passphrase' });
  expect(told.title).toBe('Look into your mailbox');
  const landing = await browser.open('/account/activate');
  expect(landing.html).toContain('Link from the mail');
  const inside = await browser.submit('/account/activate', { token: tokenTo('new@people.test') });
  expect([inside.at, inside.title]).toEqual(['/account', 'Your account']);
  expect(inside.html).toContain('Signed in as New');
  await browser.open('/account/activate');
  const again = await browser.submit('/account/activate', { token: tokenTo('new@people.test') });
  expect(again.alert).toContain('not valid any more');
});

test('signing in and out, with a sentence for what is wrong and nothing lost but the password', async () => {
  const wrong = await signIn(browser, 'alice@demo.test', 'not the passphrase');
  expect([wrong.status, wrong.alert]).toEqual([400, 'That is not right. Check what you typed.']);
  expect(wrong.html).toContain('value="alice@demo.test"');
  const inside = await browser.submit('/account/sign-in', { password: PASSWORD, act: 'password' });
  expect([inside.at, inside.title]).toEqual(['/account', 'Your account']);
  expect((await browser.submit('/account/sign-out')).at).toBe('/account/sign-in');
  expect((await browser.open('/account')).at).toBe('/account/sign-in');
});

test('a form that is not ours changes nothing', async () => {
  await signIn(browser, 'alice@demo.test');
  const forms: [string, Record<string, string>, Record<string, string>][] = [
    ['without what proves it', { csrf: '' }, {}],
    ['of another browser', { csrf: 'x'.repeat(43) }, {}],
    ['from another site', {}, { origin: 'https://evil.example' }],
    ['from nowhere', {}, { origin: 'null' }],
  ];
  for (const [, fields, headers] of forms) {
    await browser.open('/account');
    const refused = await browser.submit('/account', { act: 'basics', displayName: 'Changed', ...fields }, headers);
    expect(refused.html).toContain('The form did not come from this page');
    expect(refused.status).toBe(400);
  }
  expect((await browser.open('/account')).html).toContain('value="Alice"');
});

test('a mailed link signs in, by what was pasted, and a forgotten password is chosen anew', async () => {
  const email = 'forgetful@people.test';
  await newcomer(email);
  await browser.open('/account/sign-in');
  const told = await browser.submit('/account/sign-in', { email, act: 'link' });
  expect(told.html).toContain('a mail is on its way');
  await browser.open('/account/sign-in');
  expect((await browser.submit('/account/sign-in', { act: 'use-link', token: 'nothing' })).wrong('token')).toBeNull();
  await browser.open('/account/sign-in');
  expect((await browser.submit('/account/sign-in', { act: 'use-link', token: tokenTo(email) })).title).toBe(
    'Your account',
  );

  const elsewhere = openPageBrowser(at.port);
  await elsewhere.open('/account/forgot-password');
  expect((await elsewhere.submit('/account/forgot-password', { email: 'no address' })).wrong('email')).toBe(
    'is not an e-mail address',
  );
  await elsewhere.open('/account/forgot-password');
  await elsewhere.submit('/account/forgot-password', { email });
  await elsewhere.open('/account/reset-password');
  const short = await elsewhere.submit('/account/reset-password', { token: tokenTo(email), newPassword: 'short' });
  expect(short.wrong('newPassword')).toBe('needs at least 15 characters');
  const done = await elsewhere.submit('/account/reset-password', { token: tokenTo(email), newPassword: FRESH });
  expect([done.at, done.html.includes('Your password was changed')]).toEqual(['/account/sign-in?said=reset', true]);
  expect((await signIn(elsewhere, email, FRESH)).title).toBe('Your account');
  expect((await browser.open('/account')).at).toBe('/account/sign-in');
});

const codeOf = (html: string) => {
  const secret = /<code>([A-Z2-7]{32})<\/code>/.exec(html)?.[1] as string;
  return generate({ secret, epoch: Math.floor(at.world.clock.nowMs() / 1000) });
};

test('an authenticator app is set up, asked for, and a recovery code takes its place', async () => {
  const email = 'careful@people.test';
  const person = await newcomer(email);
  const offered = await person.open('/account/enrol');
  expect(offered.html).toContain('<svg role="img"');
  const wrong = await person.submit('/account/enrol', { totp: '000000' });
  expect(wrong.alert).toContain('not right');
  const shown = await person.submit('/account/enrol', { totp: await codeOf(offered.html) });
  const codes = [...shown.html.matchAll(/<li>([a-z2-7-]{19})<\/li>/g)].map(([, code]) => code as string);
  expect([shown.title, codes.length]).toEqual(['Keep your recovery codes', 10]);

  at.world.clock.advance(30_000);
  const asked = await signIn(browser, email, PASSWORD.replace('demo', 'own'));
  expect(asked.title).toBe('Confirm that it is you');
  const refused = await browser.submit('/account/mfa', { totp: '000000' });
  expect(refused.alert).toContain('not right');
  const inside = await browser.submit('/account/mfa', { recoveryCode: codes[0] as string, remember: 'yes' });
  expect([inside.at, browser.cookies.has('polity-device')]).toEqual(['/account', true]);
  expect(inside.html).toContain('Recovery codes that are left: 9');
  await browser.submit('/account/sign-out');
  expect((await signIn(browser, email, PASSWORD.replace('demo', 'own'))).title).toBe('Your account');
});

test('who must have a second factor and has none sets one up on the way in', async () => {
  const email = 'stuck@people.test';
  await newcomer(email);
  const admin = await at.person('admin');
  await admin.get('mutation { updateTenant(input: { mfaRequired: true }) { id } }');
  try {
    const asked = await signIn(browser, email, PASSWORD.replace('demo', 'own'));
    expect([asked.title, asked.html.includes('Demo wants everybody')]).toEqual(['Set up an authenticator app', true]);
    const shown = await browser.submit('/account/enrol', { totp: await codeOf(asked.html) });
    expect(shown.title).toBe('Keep your recovery codes');
    expect((await browser.open('/account')).title).toBe('Your account');
  } finally {
    const back = 'update tenant set mfa_required = false';
    await at.world.subgraph('identity').runtime.em(null).execute(back);
    at.world.clock.advance(11_000);
  }
});

test('the account page changes what it shows', async () => {
  const email = 'owner@people.test';
  const person = await newcomer(email);
  await person.open('/account');
  const renamed = await person.submit('/account', { act: 'basics', displayName: 'Another Name' });
  expect([renamed.at, renamed.html.includes('value="Another Name"')]).toEqual(['/account?said=saved', true]);
  const refused = await person.submit('/account', { act: 'basics', username: 'NO' });
  expect(refused.wrong('username')).toContain('3 to 32 characters');
  await person.submit('/account', { act: 'email', newEmail: 'moved@people.test' });
  await person.open('/account/confirm-email');
  await person.submit('/account/confirm-email', { token: tokenTo('moved@people.test') });
  expect((await person.open('/account')).html).toContain('Your address is moved@people.test.');
  const made = await person.submit('/account', {
    act: 'createToken',
    tokenName: 'Script',
    tokenScopes: 'graph.read openid',
  });
  expect(made.html).toMatch(/<code>polity_pat_[\w-]{43}<\/code>/);
  expect((await person.open('/account')).html).toContain('Script');
  const elsewhere = openPageBrowser(at.port);
  await signIn(elsewhere, 'moved@people.test', PASSWORD.replace('demo', 'own'));
  await person.open('/account');
  await person.submit('/account', { act: 'revokeOthers' });
  expect((await elsewhere.open('/account')).at).toBe('/account/sign-in');
  await person.open('/account');
  const deleteWith = { act: 'deleteAccount', deletePassword: PASSWORD.replace('demo', 'own') };
  expect((await person.submit('/account', deleteWith)).status).toBe(400);
  expect((await person.submit('/account', { ...deleteWith, understood: 'yes' })).html).toContain(
    'Your account was deleted',
  );
  expect((await signIn(person, 'moved@people.test', PASSWORD.replace('demo', 'own'))).status).toBe(400);
});

test('what is protected asks for a fresh proof first', async () => {
  await signIn(browser, 'bob@demo.test');
  at.world.clock.advance(16 * 60_000);
  await browser.open('/account');
  const asked = await browser.submit('/account', { act: 'email', newEmail: 'bob2@people.test' });
  expect(asked.at).toBe('/account/reauthenticate?continue=%2Faccount');
  expect((await browser.submit('/account/reauthenticate', { password: 'wrong passphrase' })).alert).toContain(
    'not right',
  );
  expect((await browser.submit('/account/reauthenticate', { password: PASSWORD })).at).toBe('/account');
  expect((await browser.submit('/account', { act: 'email', newEmail: 'bob2@people.test' })).html).toContain(
    'We have sent a mail',
  );
});

test('an invitation says who invites to what, and waits while its guest signs in', async () => {
  const admin = await at.person('admin');
  const { token } = await admin.get('mutation { createInvitation(input: { maxUses: 3 }) { token } }');
  const owner = await at.person('alice');
  await owner.get(
    'mutation { createTenant(input: { slug: "circle", name: "Circle", accentColor: "#ffcc00" }) { id } }',
  );
  const invite = 'mutation { createInvitation(input: {}) { token } }';
  const circle = (await owner.get(invite, {}, { 'x-tenant': 'circle' })).token as string;
  const url = '/account/invitation?tenant=circle';
  const first = await browser.open(url);
  expect(first.html).toContain('--accent:#ffcc00;--on-accent:#000');
  expect((await browser.submit('/account/invitation', { token, act: 'look' })).alert).toContain('not good any more');
  await browser.open(url);
  const shown = await browser.submit('/account/invitation', { token: circle, act: 'look' });
  expect(shown.html).toContain('Alice invites you to Circle.');
  const way = /href="(\/account\/sign-in\?[^"]*continue[^"]*)"/
    .exec(shown.html)?.[1]
    ?.replaceAll('&amp;', '&') as string;
  await browser.open(way);
  const back = await browser.submit('/account/sign-in', {
    email: 'bob@demo.test',
    password: PASSWORD,
    act: 'password',
  });
  expect(back.html).toContain('You are signed in as Bob.');
  expect((await browser.submit('/account/invitation', { act: 'join' })).title).toBe('Welcome to Circle.');
});

test('pages are in the language that is wished, chosen or accepted', async () => {
  const german = { 'accept-language': 'fr;q=0.9, de-AT;q=0.8, en;q=0.5' };
  expect((await browser.open('/account/sign-in', german)).title).toBe('Anmelden');
  expect((await browser.open('/account/sign-in?ui_locales=fr%20ru', german)).title).toBe('Войти');
  await browser.open('/account/sign-in', german);
  const chosen = await browser.submit('/account/language', { language: 'da' }, german);
  expect([chosen.title, chosen.html.includes('<html lang="da">')]).toEqual(['Log ind', true]);
  const refused = await browser.submit('/account/sign-in', {
    email: 'alice@demo.test',
    password: 'x',
    act: 'password',
  });
  expect(refused.alert).toBe('Det er ikke rigtigt. Tjek, hvad du skrev.');
});

test('every language has every sentence, and none is empty', () => {
  const english = Object.entries(catalogues.en);
  for (const language of LANGUAGES) {
    expect(Object.keys(catalogues[language]).sort()).toEqual(english.map(([key]) => key).sort());
    for (const [key, value] of Object.entries(catalogues[language])) {
      const text = typeof value === 'function' ? (value as (...parts: string[]) => string)('ONE', 'TWO') : value;
      expect([key, text.trim()]).not.toEqual([key, '']);
      if (typeof value === 'function') expect(text).toContain('ONE');
    }
  }
});

test.each([
  '//evil.example',
  'https://evil.example',
  '/\\evil.example',
  '/graphql',
  '/account"x',
  '/oidc/\n',
  '/accounts',
])('nobody is led to %j', async (path) => {
  expect(ownPath(path)).toBeNull();
  await browser.open(`/account/sign-in?${new URLSearchParams({ continue: path })}`);
  expect(
    (await browser.submit('/account/sign-in', { email: 'alice@demo.test', password: PASSWORD, act: 'password' })).at,
  ).toBe('/account');
});

test('no page may be framed, kept or told where people came from, and what fails names the request', async () => {
  const { headers, html } = await browser.open('/account/sign-in');
  expect(headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'nonce-[^']+'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
  );
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
  });
  const script = await browser.open('/account/page.js');
  expect(Buffer.byteLength(html) + Buffer.byteLength(script.html)).toBeLessThan(60_000);
  const nowhere = await browser.open('/account/sign-in?tenant=there-is-none');
  expect([nowhere.status, nowhere.title]).toEqual([400, 'This did not work']);
  expect(nowhere.html).toContain(String(nowhere.headers['x-request-id']));
});

test('every operation of the pages is one of the graph', () => {
  const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
  const files = ['account', 'account-acts', 'invitation', 'links', 'second-factor', 'sign-in', 'sign-up', 'visit'];
  const texts = files.map((name) => readFileSync(new URL(`../src/pages/${name}.ts`, import.meta.url), 'utf8'));
  const outcome = '__typename ... on MfaRequired { challenge methods }';
  const found = texts.flatMap((text) => [
    ...text.matchAll(/['`]((?:query|mutation)\b[^'`]*\{[^'`]*\}|\{ tenant [^'`]*\})['`]/g),
  ]);
  expect(found.length).toBeGreaterThan(25);
  for (const [, text] of found)
    expect([text, validate(schema, parse(text!.replace(/\$\{OUTCOME\}/g, outcome)))]).toEqual([text, []]);
});

test('what a page holds cannot be measured by its length', async () => {
  const csrfOf = ({ html }: { html: string }) => /name="csrf" value="([^"]*)"/.exec(html)?.[1];
  const packed = { 'accept-encoding': 'br, gzip' };
  const pages = [await browser.open('/account/sign-in', packed), await browser.open('/account/sign-in', packed)];
  expect(csrfOf(pages[0]!)).not.toBe(csrfOf(pages[1]!));
  for (const { headers } of pages) expect(headers).not.toHaveProperty('content-encoding');
});

test('a second factor that comes too late is told so, in words of its own', async () => {
  const person = await newcomer('late@people.test');
  const own = PASSWORD.replace('demo', 'own');
  await person.open('/account/enrol');
  const secret = /<code>([A-Z2-7]+)<\/code>/.exec(person.seen()?.html ?? '')?.[1] as string;
  const code = () => generate({ secret, epoch: Math.floor(at.world.clock.nowMs() / 1000) });
  await person.submit('/account/enrol', { totp: await code() });
  at.world.clock.advance(60_000);
  await signIn(browser, 'late@people.test', own);
  at.world.clock.advance(6 * 60_000);
  const late = await browser.submit('/account/mfa', { totp: await code() });
  expect(late.at).toContain('/account/sign-in');
  expect(late.html).toContain('This sign-in was used, or took more than five minutes.');
});
