import type { Page } from 'playwright-core';
import { plugIn, type VirtualAuthenticator } from './chromium.ts';
import { ask, type Begun, codesOf, create, fieldOf, get, openPage, type Reply, showForm } from './page.ts';
import { inBrowser, suite } from './suite.ts';

const SIGN_IN =
  'mutation($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { __typename } }';
const ME = '{ me { email passkeys { id name lastUsedAt } } }';
const BEGIN = 'mutation { beginPasskeyRegistration { challenge options } }';
const FINISH =
  'mutation($response: JSON!, $name: String) { finishPasskeyRegistration(response: $response, name: $name) { id name } }';
const BEGIN_SIGN_IN = 'mutation { beginPasskeySignIn { challenge options } }';
const FINISH_SIGN_IN =
  'mutation($challenge: String!, $response: JSON!) { finishPasskeySignIn(challenge: $challenge, response: $response) { __typename ... on SignedIn { user { email } } } }';
const REMOVE = 'mutation($id: ID!) { removePasskey(id: $id) { id } }';
const PASSWORD = 'polity-demo-password';

interface Me {
  email: string;
  passkeys: { id: string; name: string; lastUsedAt: string | null }[];
}

async function signInByPassword(page: Page, email: string): Promise<void> {
  await fieldOf(page, SIGN_IN, { email, password: PASSWORD });
}

async function register(page: Page, name: string): Promise<{ id: string }> {
  const { options } = await fieldOf<Begun>(page, BEGIN);
  return fieldOf(page, FINISH, { response: await create(page, options), name });
}

async function signInByPasskey(page: Page, mediation: 'optional' | 'conditional' = 'optional'): Promise<Reply> {
  const { challenge, options } = await fieldOf<Begun>(page, BEGIN_SIGN_IN);
  return ask(page, FINISH_SIGN_IN, { challenge, response: await get(page, options, mediation) });
}

async function signOut(page: Page): Promise<void> {
  await page.context().clearCookies();
  expect(await fieldOf(page, ME)).toBeNull();
}

suite('passkeys in Chromium, at localhost', () => {
  const at = inBrowser('localhost');
  let page: Page;
  let authenticator: VirtualAuthenticator;

  beforeEach(async () => {
    page = await openPage(at.browser, `${at.origin}/`);
    authenticator = await plugIn(page, { transport: 'internal' });
  });
  afterEach(async () => {
    await page?.context().close();
  });

  test('a passkey of the device is registered, signs in by itself, and cannot once it was removed', async () => {
    await signInByPassword(page, 'alice@demo.test');
    const { id } = await register(page, 'This laptop');
    expect(await authenticator.credentials()).toMatchObject([
      { rpId: 'localhost', isResidentCredential: true, signCount: 1 },
    ]);
    await signOut(page);

    expect(await signInByPasskey(page)).toEqual({
      data: { finishPasskeySignIn: { __typename: 'SignedIn', user: { email: 'alice@demo.test' } } },
    });
    const me = await fieldOf<Me>(page, ME);
    expect(me).toEqual({
      email: 'alice@demo.test',
      passkeys: [{ id, name: 'This laptop', lastUsedAt: expect.any(String) }],
    });

    expect(await fieldOf(page, REMOVE, { id })).toEqual({ id });
    await signOut(page);
    expect(codesOf(await signInByPasskey(page))).toEqual(['PASSKEY_INVALID']);
    expect(await fieldOf(page, ME)).toBeNull();
  });

  test('a page with conditional UI signs in from the autofill of its form', async () => {
    await signInByPassword(page, 'bob@demo.test');
    await register(page, 'Autofilled');
    await signOut(page);
    expect(await showForm(page)).toBe(true);
    expect((await signInByPasskey(page, 'conditional')).data).toMatchObject({
      finishPasskeySignIn: { user: { email: 'bob@demo.test' } },
    });
  });

  test('a security key by USB is registered beside the device and signs in', async () => {
    await authenticator.remove();
    const key = await plugIn(page, { transport: 'usb' });
    await signInByPassword(page, 'admin@demo.test');
    await register(page, '');
    expect((await fieldOf<Me>(page, ME)).passkeys).toMatchObject([{ name: 'Security key' }]);
    expect(await key.credentials()).toHaveLength(1);
    await signOut(page);
    expect((await signInByPasskey(page)).data).toMatchObject({
      finishPasskeySignIn: { user: { email: 'admin@demo.test' } },
    });
  });

  test('an authenticator that holds a passkey of the account refuses to make another', async () => {
    await signInByPassword(page, 'root@demo.test');
    await register(page, 'First');
    const { options } = await fieldOf<Begun>(page, BEGIN);
    expect(await create(page, options)).toBe('InvalidStateError');
  });

  test('a user who is not verified is stopped by the browser, a wrong signature by us', async () => {
    await signInByPassword(page, 'root@demo.test');
    const { passkeys } = await fieldOf<Me>(page, ME);
    for (const { id } of passkeys) await fieldOf(page, REMOVE, { id });
    await register(page, 'Second');
    await signOut(page);
    const begun = await fieldOf<Begun>(page, BEGIN_SIGN_IN);
    await authenticator.userIsVerified(false);
    expect(await get(page, begun.options)).toBe('NotAllowedError');
    await authenticator.userIsVerified(true);
    await authenticator.bogusSignatures(true);
    expect(codesOf(await signInByPasskey(page))).toEqual(['PASSKEY_INVALID']);
    await authenticator.bogusSignatures(false);
    expect((await signInByPasskey(page)).errors).toBeUndefined();
  });

  test('an answer is taken once', async () => {
    await signInByPassword(page, 'bob@demo.test');
    await register(page, 'Once');
    await signOut(page);
    const { challenge, options } = await fieldOf<Begun>(page, BEGIN_SIGN_IN);
    const response = await get(page, options);
    expect((await ask(page, FINISH_SIGN_IN, { challenge, response })).errors).toBeUndefined();
    expect(codesOf(await ask(page, FINISH_SIGN_IN, { challenge, response }))).toEqual(['PASSKEY_INVALID']);
  });
});

suite('passkeys in Chromium, at tenants of a host of its own', () => {
  const host = 'polity.test';
  const subdomain = (tenant: string, port: number) => `http://${tenant}.${host}:${port}`;
  const at = inBrowser(host, (port) => {
    const secure = [`http://${host}:${port}`, subdomain('demo', port), subdomain('sibling', port)].join(',');
    // Plain http, which browsers call secure at localhost only; and there they take no RP ID for its subdomains.
    return [
      `--host-resolver-rules=MAP *.${host} 127.0.0.1, MAP ${host} 127.0.0.1`,
      `--unsafely-treat-insecure-origin-as-secure=${secure}`,
    ];
  });
  let page: Page;

  beforeAll(async () => {
    page = await openPage(at.browser, `${at.origin}/`);
    await plugIn(page, { transport: 'internal' });
    await signInByPassword(page, 'alice@demo.test');
    await register(page, 'Everywhere');
    await fieldOf(page, 'mutation { createTenant(input: { slug: "sibling", name: "Sibling" }) { id } }');
  }, 60_000);

  test('one passkey signs in at each tenant, and an answer given at one is no good at its sibling', async () => {
    for (const tenant of ['demo', 'sibling']) {
      await page.goto(`${subdomain(tenant, at.port)}/`);
      await signOut(page);
      expect((await signInByPasskey(page)).data).toMatchObject({
        finishPasskeySignIn: { user: { email: 'alice@demo.test' } },
      });
    }
    await page.goto(`${subdomain('demo', at.port)}/`);
    const { challenge, options } = await fieldOf<Begun>(page, BEGIN_SIGN_IN);
    const response = await get(page, options);
    const reply = await fetch(`http://127.0.0.1:${at.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tenant': 'sibling' },
      body: JSON.stringify({ query: FINISH_SIGN_IN, variables: { challenge, response } }),
    });
    expect(codesOf((await reply.json()) as Reply)).toEqual(['PASSKEY_INVALID']);
  });
});
