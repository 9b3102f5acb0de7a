import { createHmac } from 'node:crypto';
import type { Answer, Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const PASSWORD = 'polity-demo-password';
const VAULT = { 'x-tenant': 'vault' };
const ME = '{ me { id } communities { edges { node { id } } } }';
const REAUTHENTICATE = 'mutation ($input: ReauthenticateInput!) { reauthenticate(input: $input) { user { id } } }';
const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { __typename ... on SignedIn { user { id } } ... on MfaRequired { challenge methods } }
}`;

let at: GatewayWorld;

beforeAll(async () => {
  at = await startGatewayWorld();
  const admin = await at.person('admin');
  await admin.get('mutation ($input: CreateTenantInput!) { createTenant(input: $input) { id } }', {
    input: { slug: 'vault', name: 'Vault', signUpPolicy: 'OPEN' },
  });
  const require = 'mutation { updateTenant(input: { mfaRequired: true }) { mfaRequired } }';
  await admin.get(require, {}, VAULT);
  // The gateway remembers what it knows of a tenant until it hears that something changed.
  await at.world.settle();
});
afterAll(() => at?.close());

/** The code of an authenticator app at the present of the world's clock (RFC 6238). */
function codeOf(secret: string): string {
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at.world.clock.nowMs() / 30_000)));
  const digest = createHmac('sha1', key).update(step).digest();
  const offset = (digest.at(-1) as number) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function enrol(browser: Browser): Promise<string> {
  const { secret } = await browser.get('mutation { beginTotpEnrolment { secret } }', {}, VAULT);
  await browser.get(
    'mutation ($code: String!) { confirmTotpEnrolment(code: $code) { codes } }',
    { code: codeOf(secret) },
    VAULT,
  );
  return secret;
}

const refused = ({ data, codes }: Answer) => expect([data, codes]).toEqual([null, ['MFA_REQUIRED']]);

describe('a tenant that wants a second factor', () => {
  it('lets in no session that proved one factor elsewhere, whichever way it comes', async () => {
    const alice = await at.person('alice');
    expect(await alice.get(ME)).toBeTruthy();
    refused(await alice.ask(ME, {}, VAULT));
    refused(await alice.ask('mutation { joinCommunity(id: "x") { id } }', {}, VAULT));
    const admin = await at.person('admin');
    expect((await admin.ask('mutation { switchTenant(slug: "vault") { id } }')).codes).toEqual(['MFA_REQUIRED']);
    const both = 'mutation { switchTenant(slug: "vault") { communities { edges { cursor } } } }';
    expect((await admin.ask(both)).codes).toEqual(['MFA_REQUIRED']);
    expect((await admin.get('{ tenant { slug } }')).slug).toBe('demo');
  });

  it('shows nothing by way of the operations that lead to a factor', async () => {
    const alice = await at.person('alice');
    const input = { password: PASSWORD };
    expect((await alice.get(REAUTHENTICATE, { input }, VAULT)).user.id).toBeTruthy();
    refused(
      await alice.ask(
        'mutation ($input: ReauthenticateInput!) { reauthenticate(input: $input) { ...F } } fragment F on SignedIn { user { communities { edges { node { id } } } } }',
        { input },
        VAULT,
      ),
    );
    refused(await alice.ask('mutation { signOut revokeOtherSessions }', {}, VAULT));
    expect(await alice.get('mutation { signOut }', {}, VAULT)).toBe(true);
  });

  it('opens once a factor was set up, and asks for it from then on', async () => {
    const bob = await at.person('bob');
    const secret = await enrol(bob);
    expect(await bob.get('mutation { joinTenant(slug: "vault") { status } }')).toEqual({ status: 'ACTIVE' });
    expect((await bob.get(ME, {}, VAULT)).id).toBeTruthy();
    expect(await bob.get('mutation { switchTenant(slug: "vault") { slug } }')).toEqual({ slug: 'vault' });
    at.world.clock.advance(31_000);
    const again = at.browser();
    const input = { email: 'bob@demo.test', password: PASSWORD };
    const { challenge } = await again.get(SIGN_IN, { input });
    const { deviceToken } = await again.get(
      'mutation ($input: VerifyMfaInput!) { verifyMfa(input: $input) { deviceToken } }',
      { input: { challenge, totp: codeOf(secret), rememberDevice: true } },
    );
    expect((await again.get(ME, {}, VAULT)).id).toBeTruthy();
    const known = at.browser();
    expect((await known.get(SIGN_IN, { input: { ...input, deviceToken } })).__typename).toBe('SignedIn');
    expect((await known.get(ME, {}, VAULT)).id).toBeTruthy();
    // The device was trusted to sign in, not to take the second factor away.
    expect((await known.ask('mutation { disableTotp }')).codes).toEqual(['STEP_UP_REQUIRED']);
  });

  it('lets people look around who are not signed in', async () => {
    expect((await at.browser().ask('{ tenant { slug } }', {}, VAULT)).data).toEqual({ tenant: { slug: 'vault' } });
  });
});
