import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const TENANT = '{ tenant { slug } }';
const CREATE = 'mutation ($input: CreateTenantInput!) { createTenant(input: $input) { id slug } }';

let at: GatewayWorld;

beforeAll(async () => {
  at = await startGatewayWorld();
  const alice = await at.person('alice');
  await alice.get(CREATE, { input: { slug: 'acme', name: 'Acme', signUpPolicy: 'OPEN' } });
});
afterAll(() => at?.close());

const slugOf = async (browser: Browser, headers = {}) => (await browser.get(TENANT, {}, headers)).slug;

describe('the tenant of a request', () => {
  it('is the default one where nothing names another', async () => {
    expect(await slugOf(at.browser())).toBe('demo');
    expect(await slugOf(at.browser('127.0.0.1:4000'))).toBe('demo');
  });

  it('is that of the subdomain, in any case', async () => {
    expect(await slugOf(at.browser('ACME.localhost:4000'))).toBe('acme');
    expect(await slugOf(at.browser('www.localhost:4000'))).toBe('demo');
    expect(await slugOf(at.browser('a.acme.localhost:4000'))).toBe('demo');
  });

  it('is that of the header x-tenant, in any case', async () => {
    expect(await slugOf(at.browser(), { 'x-tenant': ' Acme ' })).toBe('acme');
  });

  it('may be named by host and header alike, but not differently', async () => {
    const browser = at.browser('acme.localhost:4000');
    expect(await slugOf(browser, { 'x-tenant': 'acme' })).toBe('acme');
    const answer = await browser.ask(TENANT, {}, { 'x-tenant': 'demo' });
    expect([answer.status, answer.codes]).toEqual([400, ['TENANT_MISMATCH']]);
  });

  it.each(['nowhere', '../demo', 'a b', `x'; drop table tenant; --`, '-acme'])(
    'is refused when there is no tenant of the name %j',
    async (slug) => {
      const { status, codes, errors } = await at.browser().ask(TENANT, {}, { 'x-tenant': slug });
      expect([status, codes]).toEqual([400, ['VALIDATION_ERROR']]);
      expect(errors[0].extensions.details).toEqual({ fields: { tenant: 'There is no such tenant.' } });
    },
  );

  it('is that of the session where neither host nor header names one', async () => {
    const browser = at.browser();
    await browser.ask(
      'mutation { signIn(input: { email: "alice@demo.test", password: "polity-demo-password" }) { __typename } }',
      {},
      { 'x-tenant': 'acme' },
    );
    expect(await slugOf(browser)).toBe('acme');
    expect(await slugOf(browser, { 'x-tenant': 'demo' })).toBe('demo');
  });

  it('is refused when the host names another than the session acts in', async () => {
    const browser = await at.person('alice');
    const stranger = at.browser('acme.localhost:4000');
    stranger.cookie = browser.cookie;
    expect((await stranger.ask(TENANT)).codes).toEqual(['TENANT_MISMATCH']);
  });
});

describe('switching tenants', () => {
  const SWITCH = 'mutation ($slug: String!) { switchTenant(slug: $slug) { slug name } }';

  it('makes another tenant that of the session, under a new secret', async () => {
    const browser = await at.person('alice');
    const before = browser.cookie;
    expect(await browser.get(SWITCH, { slug: 'Acme' })).toEqual({ slug: 'acme', name: 'Acme' });
    expect(browser.cookie).not.toBe(before);
    expect(await slugOf(browser)).toBe('acme');
    const old = at.browser();
    old.cookie = before;
    expect(await old.get('{ me { id } }')).toBeNull();
  });

  it('answers the same for a tenant that does not exist and for one the viewer does not belong to', async () => {
    const bob = await at.person('bob');
    const [hidden, missing] = [await bob.ask(SWITCH, { slug: 'acme' }), await bob.ask(SWITCH, { slug: 'nowhere' })];
    expect(hidden.codes).toEqual(['NOT_FOUND']);
    expect(missing.errors[0].message).toBe(hidden.errors[0].message);
    expect(await slugOf(bob)).toBe('demo');
  });

  it('is refused at an address that belongs to one tenant', async () => {
    const browser = at.browser('acme.localhost:4000');
    await browser.signIn('alice@demo.test');
    expect((await browser.ask(SWITCH, { slug: 'demo' })).codes).toEqual(['CONFLICT']);
    expect(await slugOf(browser)).toBe('acme');
  });

  it('needs a session', async () => {
    expect((await at.browser().ask(SWITCH, { slug: 'acme' })).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('headers that only services may send', () => {
  it('change nothing: neither the viewer, nor the tenant, nor the address', async () => {
    const alice = await at.person('alice');
    const { id } = await alice.get('{ me { id } }');
    const forged = Buffer.from(JSON.stringify({ viewer: { kind: 'service', id: 'access' }, tenantId: id })).toString(
      'base64url',
    );
    const headers = {
      'x-polity-context': forged,
      'x-user-id': id,
      signature: 'sg=:AAAA:',
      'signature-input': 'sg=()',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'acme.localhost:4000',
      forwarded: 'for=203.0.113.9;host=acme.localhost',
    };
    const browser = at.browser();
    expect((await browser.ask('{ me { id } tenant { slug } }', {}, headers)).data).toEqual({
      me: null,
      tenant: { slug: 'demo' },
    });
    await browser.ask(
      'mutation { signIn(input: { email: "bob@demo.test", password: "polity-demo-password" }) { __typename } }',
      {},
      headers,
    );
    expect((await browser.get('{ me { sessions { address current } } }')).sessions).toContainEqual({
      address: '127.0.0.1',
      current: true,
    });
  });
});
