import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { actingMethod } from '@polity/kernel/request/acting';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';
import { anApplication, type ProviderVisit, visitProvider } from './provider-visit.ts';

const BOB = 'bob@demo.test';
const PASSWORD = 'polity-demo-password';

let at: GatewayWorld;
let clientId: string;
let bob: Browser;
let provider: ProviderVisit;

beforeAll(async () => {
  at = await startGatewayWorld();
  clientId = await anApplication(await at.person('admin'));
});
beforeEach(async () => {
  bob = await at.person('bob');
  provider = visitProvider(at.port, bob, clientId);
  await provider.connect();
  expect(await provider.isSignedIn()).toBe(true);
});
afterEach(() => at.down.clear());
afterAll(() => at?.close());

const idOf = async (browser: Browser) => (await browser.get('{ me { id } }')).id as string;
async function ownSessionId(browser: Browser): Promise<string> {
  const { sessions } = await browser.get('{ me { sessions { id current } } }');
  return sessions.find(({ current }: { current: boolean }) => current).id;
}

describe('signing out', () => {
  it('ends the sign-in at the OpenID Connect provider too', async () => {
    expect(await bob.get('mutation { signOut }')).toBe(true);
    expect(await provider.isSignedIn()).toBe(false);
  });

  it.each(['mutation { signOut }', 'mutation { revokeOtherSessions }'])('has applications told: %s', async (act) => {
    const told: string[] = [];
    const listener = createServer((request, response) => {
      told.push(String(request.url));
      response.writeHead(200).end();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const backchannelLogoutUri = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/logout`;
    const watching = await anApplication(await at.person('admin'), { backchannelLogoutUri });
    const other = await at.person('bob');
    await visitProvider(at.port, act.includes('Other') ? other : bob, watching).connect();
    await bob.get(act);
    for (let wait = 0; wait < 100 && told.length === 0; wait++) await new Promise((resolve) => setTimeout(resolve, 50));
    listener.closeAllConnections();
    listener.close();
    expect(told).toEqual(['/logout']);
  });

  it('does so while identity does not answer the gateway', async () => {
    at.down.set('identity', 'away');
    expect(await bob.get('mutation { signOut }')).toBe(true);
    expect(await provider.isSignedIn()).toBe(false);
  });

  it('leaves the other browsers of the person alone', async () => {
    const other = await at.person('bob');
    const there = visitProvider(at.port, other, clientId);
    await there.connect();
    await bob.get('mutation { signOut }');
    expect(await there.isSignedIn()).toBe(true);
    await other.get('mutation { revokeOtherSessions }');
    expect(await there.isSignedIn()).toBe(true);
  });

  it('lets the person sign in again at once, and asks for nothing that was allowed', async () => {
    await bob.get('mutation { signOut }');
    await bob.signIn(BOB);
    expect(await provider.isSignedIn()).toBe(true);
  });

  it('at the provider signs out of the browser', async () => {
    const { page } = provider;
    await page.open('/oidc/end-session');
    const [, action = ''] = /<form [^>]*action="http:\/\/localhost:4000([^"]*)"/.exec(page.seen()?.html ?? '') ?? [];
    expect(action).toBe('/oidc/end-session/confirm');
    const xsrf = /name="xsrf" value="([^"]*)"/.exec(page.seen()?.html ?? '')?.[1] as string;
    await page.post(action, { xsrf, logout: 'yes' });
    expect(await bob.get('{ me { id } }')).toBeNull();
    expect(await provider.isSignedIn()).toBe(false);
  });

  it.each([
    [
      'one session',
      async (other: Browser) => {
        const revoke = 'mutation ($id: ID!) { revokeSession(id: $id) { id } }';
        expect(await other.get(revoke, { id: await ownSessionId(bob) })).toEqual({ id: expect.any(String) });
      },
    ],
    ['all others', (other: Browser) => other.get('mutation { revokeOtherSessions }')],
    [
      'all, by a suspension',
      async () => {
        const root = await at.person('root');
        const id = await idOf(bob);
        await root.get('mutation ($id: ID!) { suspendUser(id: $id, reason: "spam") { id } }', { id });
        await at.world.settle();
        await root.get('mutation ($id: ID!) { reinstateUser(id: $id) { id } }', { id });
      },
    ],
    [
      'all others by a new password',
      async (other: Browser) => {
        const change = 'mutation ($a: String!, $b: String!) { changePassword(currentPassword: $a, newPassword: $b) }';
        const [old, fresh] = [PASSWORD, 'another rather long passphrase'];
        await other.get(change, { a: old, b: fresh });
        await other.get(change, { a: fresh, b: old });
        await at.world.settle();
      },
    ],
  ])('from another device ends it as well: %s', async (_, end) => {
    await end(await at.person('bob'));
    expect(await provider.isSignedIn()).toBe(false);
  });

  it('is for the person themselves: others, and whoever acts as them, sign out without them', async () => {
    await (await at.person('alice')).get('mutation { signOut }');
    const acting = at.browser();
    const { cookie } = await at.gateway.runtime.store.start({
      userId: await idOf(bob),
      tenantId: (await bob.get('{ tenant { id } }')).id,
      amr: [actingMethod(await idOf(await at.person('admin')))],
      ...{ acr: 'aal1', authTime: 0, device: null, address: null },
    });
    acting.cookie = cookie;
    expect(await visitProvider(at.port, acting, clientId).isSignedIn()).toBe(false);
    expect(await acting.get('mutation { signOut }')).toBe(true);
    expect(await provider.isSignedIn()).toBe(true);
  });

  it('is not what a new sign-in, a step-up or a session that is not there does', async () => {
    await bob.signIn(BOB);
    await bob.get(`mutation { reauthenticate(input: { password: "${PASSWORD}" }) { __typename } }`);
    const gone = '01890000-0000-7000-8000-000000000000';
    const { codes } = await bob.ask('mutation ($id: ID!) { revokeSession(id: $id) { id } }', { id: gone });
    expect(codes).toEqual(['NOT_FOUND']);
    expect(await provider.isSignedIn()).toBe(true);
  });
});
