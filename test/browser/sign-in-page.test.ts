import { createHash } from 'node:crypto';
import axe from 'axe-core';
import { type Shape, startInstallation } from '../e2e/installation.ts';
import { fieldOf, openPage, widerThanPhone } from './page.ts';
import { inBrowser, suite } from './suite.ts';

const CALLBACK = 'https://app.example/callback';
const PASSWORD = 'polity-demo-password';
const SIGN_IN = `mutation { signIn(input: { email: "admin@demo.test", password: "${PASSWORD}" }) { __typename } }`;
const REGISTER =
  'mutation($input: RegisterApplicationInput!) { registerApplication(input: $input) { application { id } } }';
const APPROVE = 'mutation($id: ID!) { approveApplication(id: $id) { status } }';

const SHAPES: Shape[] = ['one process', 'many processes'];

suite.each(SHAPES)('signing in to an application in Chromium, through the gateway: %s', (shape) => {
  const at = inBrowser('localhost', undefined, () => startInstallation(shape));

  async function authorizeUrl(): Promise<string> {
    const admin = await openPage(at.browser, `${at.origin}/`);
    await fieldOf(admin, SIGN_IN);
    const input = { name: 'Notes', redirectUris: [CALLBACK], scopes: ['openid'], confidential: false };
    const { application } = await fieldOf<{ application: { id: string } }>(admin, REGISTER, { input });
    await fieldOf(admin, APPROVE, { id: application.id });
    await admin.context().close();
    const query = new URLSearchParams({
      ...{ client_id: application.id, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' },
      ...{ code_challenge: createHash('sha256').update('x'.repeat(43)).digest('base64url') },
      code_challenge_method: 'S256',
    });
    return `${at.origin}/oidc/authorize?${query}`;
  }

  test('its forms are taken from the browser, and lead to the application with a code', async () => {
    const address = await authorizeUrl();
    const page = await openPage(at.browser, address);
    expect(await widerThanPhone(page)).toBe(0);
    await page.fill('#email', 'alice@demo.test');
    await page.fill('#password', PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
    await page.getByRole('button', { name: 'Allow' }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/account\/authorize\//);
    expect(await page.locator('main').textContent()).toContain('alice@demo.test');
    expect(await widerThanPhone(page)).toBe(0);
    await page.evaluate(axe.source);
    expect(await page.evaluate<string[]>('axe.run().then(({ violations }) => violations.map(({ id }) => id))')).toEqual(
      [],
    );
    // The application is nowhere; that the browser is sent there is enough.
    const leaves = () => page.waitForRequest((request) => request.url().startsWith(CALLBACK));
    const [sent] = await Promise.all([leaves(), page.getByRole('button', { name: 'Allow' }).click()]);
    expect(new URL(sent.url()).searchParams.get('code')).toBeTruthy();
    // Signed in here by now, and what was allowed is not asked again.
    const [again] = await Promise.all([leaves(), page.goto(`${address}&prompt=none`).catch(() => null)]);
    expect(new URL(again.url()).searchParams.get('code')).toBeTruthy();
    await page.context().close();
  }, 60_000);
});
