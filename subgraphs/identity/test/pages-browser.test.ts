import type { AddressInfo } from 'node:net';
import { anonymous } from '@polity/kernel/testing/harness';
import Fastify, { type FastifyInstance } from 'fastify';
import { generate } from 'otplib';
import type { Browser, Page } from 'playwright-core';
import { executablePath, openBrowser } from '../../../test/browser/chromium.ts';
import { aPerson, aTenant, type IdentityWorld, PASSWORD, type Place, SIGN_IN, startIdentity } from './harness.ts';

// The pages of mailed links in a real browser, before an endpoint that takes their operations as the gateway would.
const withBrowser = executablePath ? describe : describe.skip;

withBrowser('pages of mailed links in Chromium', () => {
  let world: IdentityWorld;
  let app: FastifyInstance;
  let browser: Browser;
  let origin: string;
  let place: Place;
  const problems: string[] = [];

  beforeAll(async () => {
    world = await startIdentity();
    place = await aTenant(world, 'INVITATION');
    app = Fastify();
    await world.subgraph('identity').routes(app);
    app.post<{ Body: { query: string; variables: Record<string, unknown> } }>('/graphql', async ({ body }) => {
      const { data, errors } = await world.gql(anonymous, body.query, body.variables);
      return { data, ...(errors && { errors }) };
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await world?.close();
  });
  afterEach(() => expect(problems.splice(0)).toEqual([]));

  async function open(link: string): Promise<Page> {
    const page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
    await page.goto(link.replace('http://localhost:4000', origin));
    return page;
  }

  const linkTo = (email: string) => world.mails(email)[0]!.links[0]!;
  const ask = (field: string, email: string) =>
    world.data(anonymous, `mutation($e: String!) { ${field}(email: $e) }`, { e: email });

  test('an invitation is accepted, and the account activated, by pressing buttons', async () => {
    const email = 'invited@people.test';
    await world.data(place.owner.viewer, 'mutation($e: String) { createInvitation(input: { email: $e }) { token } }', {
      e: email,
    });
    const invitation = await open(linkTo(email));
    expect(invitation.url()).not.toContain('token');
    await invitation.fill('input[name=email]', email);
    await invitation.fill('input[name=password]', 'short');
    await invitation.click('text=Make an account');
    await invitation.waitForSelector('#message:has-text("needs at least 15 characters")');
    await invitation.fill('input[name=password]', PASSWORD);
    await invitation.click('text=Make an account');
    await invitation.waitForSelector('#message:has-text("We have sent you a mail")');
    const activation = await open(linkTo(email));
    await activation.click('button');
    await activation.waitForSelector('#message:has-text("Your account is active")');
    expect((await world.gql(anonymous, SIGN_IN, { email, password: PASSWORD })).errors).toBeUndefined();
  });

  test('a password is chosen anew', async () => {
    const { email } = await anAccount();
    await ask('requestPasswordReset', email);
    const page = await open(linkTo(email));
    await page.fill('input[name=newPassword]', 'another fine passphrase');
    await page.click('button');
    await page.waitForSelector('#message:has-text("Your password was changed")');
    expect(
      (await world.gql(anonymous, SIGN_IN, { email, password: 'another fine passphrase' })).errors,
    ).toBeUndefined();
  });

  test('a magic link asks for the second factor', async () => {
    const person = await anAccount();
    const begin = await world.data<{ beginTotpEnrolment: { secret: string } }>(
      person.viewer,
      'mutation { beginTotpEnrolment { secret } }',
    );
    const { secret } = begin.beginTotpEnrolment;
    const code = () => generate({ secret, epoch: Math.floor(world.clock.nowMs() / 1000) });
    await world.data(person.viewer, 'mutation($c: String!) { confirmTotpEnrolment(code: $c) { codes } }', {
      c: await code(),
    });
    world.clock.advance(30_000);
    await ask('requestMagicLink', person.email);
    const page = await open(linkTo(person.email));
    await page.click('button');
    await page.fill('input[name=totp]', await code());
    await page.click('button');
    await page.waitForSelector('#message:has-text("You are signed in")');
  });

  test('a link that is used up, or was cut off, says so', async () => {
    const { email } = await anAccount();
    await ask('requestMagicLink', email);
    const link = linkTo(email);
    await world.data(anonymous, 'mutation($t: String!) { signInWithMagicLink(token: $t) { __typename } }', {
      t: world.mailedToken(email),
    });
    const used = await open(link);
    await used.click('button');
    await used.waitForSelector('#message.failed:has-text("not valid any more")');
    const cut = await open(link.split('#')[0]!);
    await cut.waitForSelector('#message.failed:has-text("not complete")');
    expect(await cut.$('form')).toBeNull();
  });

  async function anAccount() {
    const before = world.tenantId;
    world.tenantId = null;
    const person = await aPerson(world);
    world.tenantId = before;
    return person;
  }
});
