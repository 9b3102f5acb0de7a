import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { executablePath, openBrowser, plugIn } from './chromium.ts';
import { type Installation, startInstallation } from './installation.ts';
import { fieldOf } from './page.ts';

const PASSWORD = 'polity-demo-password';
const suite = executablePath ? describe : describe.skip;

suite('the pages of accounts in Chromium', () => {
  let installation: Installation;
  let browser: Browser;
  let page: Page;
  let origin: string;
  const problems: string[] = [];

  beforeAll(async () => {
    installation = await startInstallation('localhost');
    origin = `http://localhost:${installation.port}`;
    browser = await openBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await installation?.stop();
  }, 60_000);
  beforeEach(async () => {
    const context = await browser.newContext();
    page = await context.newPage();
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on(
      'console',
      (line) => line.type() === 'error' && !line.text().includes('status of 400') && problems.push(line.text()),
    );
  });
  afterEach(async () => {
    await page?.context().close();
    expect(problems.splice(0)).toEqual([]);
  });

  async function signIn(email: string): Promise<void> {
    await page.goto(`${origin}/account/sign-in`);
    await page.fill('#email', email);
    await page.fill('#password', PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
    await page.waitForURL(`${origin}/account`);
  }

  async function linkTo(email: string, path: string): Promise<string> {
    const answer = await fetch(`${origin}/dev/mail`);
    const mails = (await answer.json()) as { to: string; links: string[] }[];
    const found = mails.find(({ to, links }) => to === email && links.some((link) => link.includes(path)));
    return found?.links.find((link) => link.includes(path)) as string;
  }

  /** What axe finds, and by how much the page is wider than its window, in both colour schemes and two widths. */
  async function faultsOf(): Promise<string[]> {
    const faults: string[] = [];
    // The pages' own policy keeps foreign scripts out; this one comes by the DevTools, which it does not bind.
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [320, 1280]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        const found = await page.evaluate<string[]>(
          "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))",
        );
        faults.push(...found, ...(wider > 0 ? [`${width}: ${wider} pixels too wide`] : []));
      }
    }
    return faults.map((fault) => `${page.url().replace(origin, '')} ${fault}`);
  }

  test('they have no fault that axe knows, in light and dark, on a small screen and a wide one', async () => {
    const open = ['sign-in', 'sign-up', 'forgot-password', 'reset-password', 'activate', 'confirm-email', 'invitation'];
    const faults: string[] = [];
    for (const name of open) {
      await page.goto(`${origin}/account/${name}`);
      faults.push(...(await faultsOf()));
    }
    await page.goto(`${origin}/account/sign-up`);
    await page.fill('#email', 'new@people.test');
    await page.fill('#password', 'short');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.waitForSelector('#password-wrong');
    faults.push(...(await faultsOf()));
    await signIn('alice@demo.test');
    faults.push(...(await faultsOf()));
    for (const name of ['enrol', 'reauthenticate']) {
      await page.goto(`${origin}/account/${name}`);
      faults.push(...(await faultsOf()));
    }
    expect(faults).toEqual([]);
  }, 120_000);

  test('a passkey is added on the account page, and signs in by button and from the autofill', async () => {
    const device = await plugIn(page, { transport: 'internal' });
    await signIn('bob@demo.test');
    await page.fill('#passkeyName', 'This laptop');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.waitForURL(`${origin}/account?said=saved`);
    expect(await page.getByText('This laptop').count()).toBe(1);
    expect(await device.credentials()).toHaveLength(1);
    await page.getByRole('button', { name: 'Sign out' }).click();
    // The virtual authenticator answers what the page asks in the background as soon as it is there.
    await page.waitForURL(`${origin}/account`);
    expect(await page.getByText('Signed in as Bob').count()).toBe(1);
    const mine = await fieldOf<{ sessions: { current: boolean; methods: string[] }[] }>(
      page,
      '{ me { sessions { current methods } } }',
    );
    expect(mine.sessions.find(({ current }) => current)?.methods).toEqual(['hwk', 'user', 'mfa']);
  }, 60_000);

  test('a mailed link is used by one button, and its token is gone from the address', async () => {
    await page.goto(`${origin}/account/sign-in`);
    await page.fill('#email', 'alice@demo.test');
    await page.getByRole('button', { name: 'Mail me a sign-in link' }).click();
    await page.waitForSelector('text=a mail is on its way');
    await page.goto(`${origin}/account/sign-in`);
    await page.goto(await linkTo('alice@demo.test', '/account/sign-in'));
    await page.waitForURL((url) => url.hash === '');
    expect(await page.locator('#email').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(`${origin}/account`);
  }, 60_000);

  test('without a script a person pastes the link', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(`${origin}/account/forgot-password`);
    await plain.fill('#email', 'alice@demo.test');
    await plain.getByRole('button', { name: 'Send the mail' }).click();
    await plain.waitForSelector('text=a mail is on its way');
    const link = await linkTo('alice@demo.test', '/account/reset-password');
    await plain.goto(link);
    await plain.fill('#token', link);
    await plain.fill('#newPassword', PASSWORD);
    await plain.getByRole('button', { name: 'Set the password' }).click();
    await plain.waitForSelector('text=Your password was changed');
    await context.close();
  }, 60_000);
});
