import { gatewayConfig } from '../src/config.ts';
import { startGatewayWorld } from './gateway-world.ts';

describe('the settings of the gateway', () => {
  it('trust no proxy and take 256 operations at once unless told otherwise', () => {
    expect(gatewayConfig({})).toEqual({ trustedProxies: [], maxInFlight: 256 });
    expect(gatewayConfig({ TRUSTED_PROXIES: ' 10.0.0.0/8, ::1 ,loopback', MAX_IN_FLIGHT: '10' })).toEqual({
      trustedProxies: ['10.0.0.0/8', '::1', 'loopback'],
      maxInFlight: 10,
    });
  });

  it.each([
    [{ TRUSTED_PROXIES: 'everyone' }],
    [{ TRUSTED_PROXIES: '10.0.0.0/8/8' }],
    [{ MAX_IN_FLIGHT: '0' }],
    [{ MAX_IN_FLIGHT: 'many' }],
  ])('refuse %j', (env) => {
    expect(() => gatewayConfig(env)).toThrow(expect.objectContaining({ name: 'StartError' }));
  });
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
