import { gatewayConfig } from '../src/config.ts';
import { openBrowser } from './browser.ts';
import { startGatewayWorld } from './gateway-world.ts';

describe('the settings of the gateway', () => {
  it('trust no proxy and take 256 operations at once unless told otherwise', () => {
    const byDefault = {
      trustedProxies: [],
      maxInFlight: 256,
      maxCost: 20_000,
      rateLimit: 300_000,
      rateBurst: 30_000,
      allowedOrigins: new Set(),
      allowLooserGuards: false,
      allowBrokenOperations: false,
      slowMs: 1_000,
      graphiql: true,
      workers: 1,
    };
    expect(gatewayConfig({})).toEqual(byDefault);
    const env = {
      TRUSTED_PROXIES: ' 10.0.0.0/8, ::1 ,loopback',
      MAX_IN_FLIGHT: '10',
      MAX_COST: '500',
      RATE_LIMIT: '0',
      ALLOWED_ORIGINS: 'https://a.test, http://b.test:81',
      ALLOW_LOOSER_GUARDS: 'true',
      ALLOW_BROKEN_OPERATIONS: 'true',
      SLOW_OPERATION_MS: '50',
      GRAPHIQL: 'false',
    };
    expect(gatewayConfig(env)).toEqual({
      trustedProxies: ['10.0.0.0/8', '::1', 'loopback'],
      maxInFlight: 10,
      maxCost: 500,
      rateLimit: 0,
      rateBurst: 500,
      allowedOrigins: new Set(['https://a.test', 'http://b.test:81']),
      allowLooserGuards: true,
      allowBrokenOperations: true,
      slowMs: 50,
      graphiql: false,
      workers: 1,
    });
  });

  it.each([
    [{ TRUSTED_PROXIES: 'everyone' }],
    [{ TRUSTED_PROXIES: '10.0.0.0/8/8' }],
    [{ MAX_IN_FLIGHT: '0' }],
    [{ MAX_IN_FLIGHT: 'many' }],
    [{ MAX_COST: '-1' }],
    [{ RATE_LIMIT: '100' }],
    [{ ALLOW_LOOSER_GUARDS: 'some' }],
    [{ ALLOWED_ORIGINS: '*' }],
    [{ ALLOWED_ORIGINS: 'null' }],
    [{ ALLOWED_ORIGINS: 'https://a.test/' }],
    [{ ALLOWED_ORIGINS: 'https://A.test' }],
    [{ ALLOWED_ORIGINS: 'https://a.test:443' }],
    [{ ALLOWED_ORIGINS: 'a.test' }],
    [{ ALLOWED_ORIGINS: 'https://*.a.test' }],
  ])('refuse %j', (env) => {
    expect(() => gatewayConfig(env)).toThrow(expect.objectContaining({ name: 'StartError' }));
  });
});

it('is reached over https only once it was, and binds its cookie to the host', async () => {
  const at = await startGatewayWorld({ platform: { publicUrl: 'https://polity.test' } });
  try {
    const browser = openBrowser(at.port, 'polity.test', '__Host-polity');
    const { headers } = await browser.signIn('alice@demo.test');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-polity=.*; Path=\/; HttpOnly; SameSite=Lax; .*; Secure$/),
    ]);
    expect(await browser.get('{ me { email } }')).toEqual({ email: 'alice@demo.test' });
    const plain = openBrowser(at.port, 'polity.test', 'polity');
    plain.cookie = browser.cookie;
    expect(await plain.get('{ me { email } }')).toBeNull();
  } finally {
    await at.close();
  }
});

it('answers a host that is no host without falling over', async () => {
  const at = await startGatewayWorld();
  try {
    for (const host of ['a b', '[', 'x'.repeat(5_000), '', '%00', 'acme..localhost:4000']) {
      const { status } = await at.browser(host).ask('{ graphVersion }');
      expect([200, 400]).toContain(status);
    }
  } finally {
    await at.close();
  }
});

it('takes address and host from a proxy that is trusted', async () => {
  const at = await startGatewayWorld({ http: { trustedProxies: ['loopback'] } });
  try {
    const alice = await at.person('alice');
    await alice.get('mutation { createTenant(input: { slug: "acme", name: "Acme" }) { id } }');
    const forwarded = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'acme.localhost:4000' };
    const browser = at.browser('gateway.internal:4000');
    expect(await browser.get('{ tenant { slug } }', {}, forwarded)).toEqual({ slug: 'acme' });
    await browser.ask(
      'mutation { signIn(input: { email: "bob@demo.test", password: "polity-demo-password" }) { __typename } }',
      {},
      forwarded,
    );
    const { sessions } = await browser.get('{ me { sessions { address } } }', {}, forwarded);
    expect(sessions[0]).toEqual({ address: '203.0.113.9' });
  } finally {
    await at.close();
  }
});
