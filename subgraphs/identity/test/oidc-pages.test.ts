import type * as client from 'openid-client';
import { generate } from 'otplib';
import { aPerson, PASSWORD, type Person } from './harness.ts';
import {
  anApplication,
  authorizeUrl,
  type Browser,
  consentTo,
  discover,
  type OidcWorld,
  startOidc,
} from './oidc-harness.ts';

let world: OidcWorld;
let config: client.Configuration;
beforeAll(async () => {
  world = await startOidc();
  config = await discover(world, await anApplication(world));
});
afterAll(() => world.close());

interface Opened {
  browser: Browser;
  path: string;
  csrf: string;
  page: Response;
  html: string;
}

const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

async function open(more: Record<string, string> = {}): Promise<Opened> {
  const browser = world.browser();
  const path = (await browser.get((await authorizeUrl(config, more)).url)).headers.get('location') as string;
  const page = await browser.get(path);
  const html = await page.text();
  return { browser, path, csrf: hidden(html, 'csrf'), page, html };
}

const login = ({ path, csrf, browser }: Opened, email: string, password: string, headers = {}, fields = {}) =>
  browser.post(`${path}/login`, { csrf, email, password, ...fields }, headers);

test('the pages load nothing, may not be framed or kept, and send forms only here and to the application', async () => {
  const { page } = await open();
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' https:\/\/app\.example; frame-ancestors 'none'; base-uri 'none'$/,
  );
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.headers.get('referrer-policy')).toBe('same-origin');
});

test('what an application sends is text on the page and never markup', async () => {
  const { html } = await open({ login_hint: '"><script>alert(1)</script>' });
  expect(html).not.toContain('<script');
  expect(html).toContain('&quot;&gt;&lt;script&gt;');
});

test('a wrong password and an unknown address look alike', async () => {
  const [known, unknown] = [await open(), await open()];
  const wrong = await login(known, world.person.email, 'not the passphrase');
  const nobody = await login(unknown, 'nobody@people.test', 'not the passphrase');
  expect([wrong.status, nobody.status]).toEqual([401, 401]);
  const strip = (html: string, { csrf, path }: Opened, email: string) =>
    html.replaceAll(csrf, '').replaceAll(path, '').replaceAll(email, '');
  expect(strip(await wrong.text(), known, world.person.email)).toBe(
    strip(await nobody.text(), unknown, 'nobody@people.test'),
  );
});

test.each<[string, (opened: Opened) => Promise<Response>]>([
  ['without its token', (opened) => login(opened, world.person.email, PASSWORD, {}, { csrf: '' })],
  [
    'with the token of another interaction',
    async (opened) => login(opened, world.person.email, PASSWORD, {}, { csrf: (await open()).csrf }),
  ],
  ['from another site', (opened) => login(opened, world.person.email, PASSWORD, { origin: 'https://evil.example' })],
  ['from a sandboxed frame', (opened) => login(opened, world.person.email, PASSWORD, { origin: 'null' })],
])('a form %s is refused', async (_, submit) => {
  expect((await submit(await open())).status).toBe(403);
});

test('an interaction belongs to the browser that began it', async () => {
  const { path, csrf } = await open();
  const fields = { csrf, email: world.person.email, password: PASSWORD };
  expect((await world.browser().get(path)).status).toBe(400);
  expect((await world.browser().post(`${path}/login`, fields)).status).toBe(400);
});

test('a step that the interaction does not wait for is refused', async () => {
  const opened = await open();
  expect((await opened.browser.post(`${opened.path}/consent`, { csrf: opened.csrf })).status).toBe(400);
});

test('who cancels goes back to the application with an error', async () => {
  const { browser, path, csrf } = await open();
  const resumed = (await browser.post(`${path}/abort`, { csrf })).headers.get('location') as string;
  const end = new URL((await browser.get(resumed)).headers.get('location') as string);
  expect(end.origin + end.pathname).toBe('https://app.example/callback');
  expect(end.searchParams.get('error')).toBe('access_denied');
});

test('an account from outside the tenant of the application goes back with an error', async () => {
  world.tenantId = null;
  const stranger = await aPerson(world);
  world.tenantId = world.place.id;
  const end = await consentTo(world, world.browser(), (await authorizeUrl(config)).url, stranger);
  expect(end.searchParams.get('error')).toBe('access_denied');
});

test('guessing passwords here waits like guessing them at the graph', async () => {
  const person = await aPerson(world);
  const opened = await open();
  for (let n = 0; n < 6; n += 1) await login(opened, person.email, 'not the passphrase');
  expect((await login(opened, person.email, PASSWORD)).status).toBe(429);
});

async function withTotp(): Promise<{ person: Person; code(): Promise<string>; codes: string[] }> {
  const person = await aPerson(world);
  const begin = 'mutation { beginTotpEnrolment { secret } }';
  const { beginTotpEnrolment } = await world.data<{ beginTotpEnrolment: { secret: string } }>(person.viewer, begin);
  const code = () => generate({ secret: beginTotpEnrolment.secret, epoch: Math.floor(world.clock.nowMs() / 1000) });
  const confirm = 'mutation($code: String!) { confirmTotpEnrolment(code: $code) { codes } }';
  const done = await world.data<{ confirmTotpEnrolment: { codes: string[] } }>(person.viewer, confirm, {
    code: await code(),
  });
  world.clock.advance(30_000);
  return { person, code, codes: done.confirmTotpEnrolment.codes };
}

test('a second factor is asked for here too, and the application learns of it', async () => {
  const { person, code, codes } = await withTotp();
  const opened = await open();
  const asked = await login(opened, person.email, PASSWORD);
  const html = await asked.text();
  expect(asked.status).toBe(200);
  const challenge = hidden(html, 'challenge');
  const mfa = (fields: Record<string, string>) =>
    opened.browser.post(`${opened.path}/mfa`, { csrf: opened.csrf, challenge, ...fields });
  expect((await mfa({ totp: '000000' })).status).toBe(401);
  const done = await mfa({ totp: await code() });
  expect(done.status).toBe(303);
  expect((await mfa({ recoveryCode: codes[0] as string })).status).not.toBe(200);
  const [session] = await world
    .subgraph('identity')
    .runtime.em(null)
    .execute<{ result: { login: object } }[]>(
      "select payload->'result' as result from oidc_payload where model = 'Interaction' and payload->'result'->'login'->>'accountId' = ?",
      [person.id],
    );
  expect(session?.result.login).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] });
});

test('without the second factor nobody gets on', async () => {
  const { person } = await withTotp();
  const opened = await open();
  await login(opened, person.email, PASSWORD);
  const page = await opened.browser.get(opened.path);
  expect(await page.text()).toContain('name="password"');
});
