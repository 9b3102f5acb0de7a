import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { platformEnv, readEnv } from '@polity/kernel/config/env';
import { openOutbound } from '@polity/kernel/process/open-outbound';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';
import { openPageBrowser, type PageBrowser } from './page-browser.ts';
import { leadsTo } from './upstream-provider.ts';

const PASSWORD = 'polity-demo-password';
const OURS = 'http://localhost:4000';
const ME = '{ me { id username email tenantMemberships { tenant { slug } } upstreamLinks { provider label } } }';

/** What GitHub would be asked, and how it answers: this server says who somebody is, and keeps what it heard. */
interface GitHub {
  server: Server;
  heard: Record<string, string>[];
  user: Record<string, unknown>;
}

function startGitHub(): Promise<GitHub> {
  const github: GitHub = { server: createServer(), heard: [], user: {} };
  github.server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const isToken = request.url === '/login/oauth/access_token';
      if (isToken) github.heard.push(Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())));
      else github.heard.push({ authorization: String(request.headers.authorization) });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(isToken ? { access_token: 'gho_x', token_type: 'bearer', scope: '' } : github.user));
    });
  });
  return new Promise((resolve) => github.server.listen(0, '127.0.0.1', () => resolve(github)));
}

let at: GatewayWorld;
let github: GitHub;
let port = 0;

beforeAll(async () => {
  github = await startGitHub();
  const real = openOutbound(readEnv(platformEnv, {}, 'test'));
  const elsewhere = `http://127.0.0.1:${(github.server.address() as AddressInfo).port}`;
  // Names of the internet lead to this machine; what is sent there, and how it is answered, stays as it is.
  const here = (url: string) =>
    url.replace(OURS, `http://127.0.0.1:${port}`).replace(/^https:\/\/(api\.)?github\.com/, elsewhere);
  at = await startGatewayWorld({
    world: {
      env: { UPSTREAM_GITHUB: 'gh-client:gh:secret' },
      outbound: { send: (url, request) => real.send(here(url), request) },
    },
  });
  port = at.port;
});
afterAll(async () => {
  await at?.close();
  github?.server.close();
});

function graphOf(pages: PageBrowser): Browser {
  const browser = at.browser();
  browser.cookie = pages.cookies.get('polity') ?? null;
  return browser;
}

async function signIn(page: PageBrowser, email: string) {
  await page.open('/account/sign-in');
  await page.submit('/account/sign-in', { email, password: PASSWORD, act: 'password' });
}

describe('our own provider', () => {
  test('signs a person of one tenant in at another one', async () => {
    const admin = await at.person('admin');
    const owner = await at.person('alice');
    await owner.get('mutation ($input: CreateTenantInput!) { createTenant(input: $input) { id } }', {
      input: { slug: 'guild', name: 'Guild', signUpPolicy: 'OPEN' },
    });
    const redirectUris = ['https://elsewhere.example/callback'];
    const { application, secret } = await admin.get(
      'mutation ($input: RegisterApplicationInput!) { registerApplication(input: $input) { application { id } secret } }',
      { input: { name: 'Guild', redirectUris, scopes: ['openid', 'profile', 'email'] } },
    );
    const { id, redirectUri } = await owner.get(
      'mutation ($input: CreateUpstreamProviderInput!) { createUpstreamProvider(input: $input) { id redirectUri } }',
      { input: { name: 'Demo', issuer: OURS, clientId: application.id, clientSecret: secret } },
      { 'x-tenant': 'guild' },
    );
    expect(redirectUri).toBe(`${OURS}/account/upstream/${id}`);
    const update = `mutation ($id: ID!, $uri: String!) { updateApplication(id: $id, input: { redirectUris: [$uri] }) { id } }`;
    await admin.get(update, { id: application.id, uri: redirectUri });
    await admin.get('mutation ($id: ID!) { approveApplication(id: $id) { status } }', { id: application.id });

    const page = openPageBrowser(at.port);
    await signIn(page, 'bob@demo.test');
    await page.open('/account/sign-in?tenant=guild&anew=yes');
    const to = leadsTo(await page.submit('/account/upstream', { provider: id })).slice(OURS.length);
    const asked = await page.open(to);
    const [, action] = /action="(\/account\/authorize\/[^"]*)"/.exec(asked.html) ?? [];
    const seen = await page.submit(action as string, { act: 'allow' });
    expect([seen.status, seen.title]).toEqual([200, 'Your account']);
    // Another account than Bob's: what his tenant says of him is believed in the guild, of the guild's own account.
    const me = await graphOf(page).get(ME);
    expect(me.tenantMemberships).toEqual([{ tenant: { slug: 'guild' } }]);
    expect([me.email, me.upstreamLinks]).toEqual([null, [{ provider: 'Demo', label: 'bob@demo.test' }]]);
    expect(me.username).toMatch(/^bob-\d+$/);
  });
});

describe('a provider of the installation', () => {
  async function toGitHub(page: PageBrowser, act: 'sign-in' | 'link') {
    await page.open(act === 'link' ? '/account' : '/account/sign-in');
    const to = new URL(leadsTo(await page.submit('/account/upstream', { provider: 'github', act })));
    expect(to.origin + to.pathname).toBe('https://github.com/login/oauth/authorize');
    expect(to.searchParams.get('redirect_uri')).toBe(`${OURS}/account/upstream/github`);
    return to.searchParams;
  }
  const back = (page: PageBrowser, asked: URLSearchParams, more = {}) =>
    page.open(
      `/account/upstream/github?${new URLSearchParams({ code: 'c0de', state: asked.get('state') as string, ...more })}`,
    );

  test('signs in to every tenant once it is linked, and keeps what it was asked for to itself', async () => {
    github.user = { id: 583_231, login: 'octocat', name: 'The Octocat', email: 'alice@demo.test' };
    const alice = openPageBrowser(at.port);
    await signIn(alice, 'alice@demo.test');
    expect((await back(alice, await toGitHub(alice, 'link'))).html).toContain('Linked.');
    const page = openPageBrowser(at.port);
    github.heard.length = 0;
    const asked = await toGitHub(page, 'sign-in');
    expect((await back(page, asked)).title).toBe('Your account');
    const [token, user] = github.heard;
    const challenge = createHash('sha256').update(String(token?.code_verifier)).digest('base64url');
    expect([token?.code, token?.client_id, token?.client_secret]).toEqual(['c0de', 'gh-client', 'gh:secret']);
    expect([asked.get('code_challenge'), asked.get('code_challenge_method')]).toEqual([challenge, 'S256']);
    expect(user).toEqual({ authorization: 'Bearer gho_x' });
    const me = await graphOf(page).get(ME);
    expect([me.username, me.email]).toEqual(['alice', 'alice@demo.test']);
    expect((await graphOf(page).ask('{ me { id } }', {}, { 'x-tenant': 'guild' })).codes).toEqual([]);
  });

  test('never opens the account of somebody whose address it names', async () => {
    github.user = { id: 666, login: 'bob', email: 'bob@demo.test', email_verified: true };
    const page = openPageBrowser(at.port);
    await back(page, await toGitHub(page, 'sign-in'));
    const me = await graphOf(page).get(ME);
    const bob = await (await at.person('bob')).get(ME);
    expect(me?.id ?? null).not.toBe(bob.id);
    expect(bob.upstreamLinks).toEqual([]);
  });

  test('is not believed where another issuer answers for it, or says nothing of who it is', async () => {
    const page = openPageBrowser(at.port);
    github.user = { login: 'nobody' };
    expect((await back(page, await toGitHub(page, 'sign-in'))).status).toBe(400);
    github.user = { id: 583_231, login: 'octocat' };
    const mixed = await back(page, await toGitHub(page, 'sign-in'), { iss: 'https://evil.example' });
    expect([mixed.status, mixed.alert]).toEqual([400, expect.stringContaining('was not accepted')]);
    expect(page.cookies.has('polity')).toBe(false);
  });

  test('that answers nothing leaves the other ways', async () => {
    const page = openPageBrowser(at.port);
    const asked = await toGitHub(page, 'sign-in');
    const address = github.server.address() as AddressInfo;
    await new Promise((resolve) => github.server.close(resolve).closeAllConnections());
    try {
      expect((await back(page, asked)).alert).toContain('does not answer');
    } finally {
      await new Promise<void>((resolve) => github.server.listen(address.port, '127.0.0.1', () => resolve()));
    }
  });
});
