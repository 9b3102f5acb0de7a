import { anonymous } from '@polity/kernel/testing/harness';
import Fastify, { type FastifyInstance } from 'fastify';
import { aPerson, aTenant, type IdentityWorld, startIdentity } from './harness.ts';

let world: IdentityWorld;
let app: FastifyInstance;
beforeAll(async () => {
  world = await startIdentity();
  app = Fastify();
  await world.subgraph('identity').routes(app);
});
afterAll(async () => {
  await app.close();
  await world.close();
});

test('each mailed link leads to a page of the account, and carries its token where no server sees it', async () => {
  await aTenant(world);
  const { email, viewer } = await aPerson(world);
  await world.data(anonymous, 'mutation($e: String!) { requestPasswordReset(email: $e) requestMagicLink(email: $e) }', {
    e: email,
  });
  await world.data(viewer, 'mutation($e: String!) { changeEmail(newEmail: $e) }', { e: `new-${email}` });
  for (const { links } of world.mails().filter(({ links }) => links.some((link) => link.includes('#token=')))) {
    const { pathname, hash } = new URL(links[0]!);
    expect(pathname).toMatch(/^\/account\/(activate|sign-in|reset-password|confirm-email)$/);
    expect(hash).toMatch(/^#token=polity_[a-z]{2}_[\w-]{43}$/);
  }
  const use = 'mutation($t: String!) { signInWithMagicLink(token: $t) { __typename } }';
  expect((await world.gql(anonymous, use, { t: world.mailedToken(email) })).errors).toBeUndefined();
});

test('kept mails are shown newest first in development, and not at all in production', async () => {
  const mails = (await app.inject('/dev/mail')).json<{ to: string; at: string; links: string[] }[]>();
  expect(mails.length).toBeGreaterThan(1);
  expect(mails[0]!.at >= mails.at(-1)!.at).toBe(true);
  expect(Object.keys(mails[0]!).sort()).toEqual(['at', 'html', 'links', 'subject', 'text', 'to']);
  const rebound = { url: '/dev/mail', headers: { host: 'evil.test' } };
  expect((await app.inject(rebound)).statusCode).toBe(404);
  const production = Fastify();
  const { definition, runtime, open } = world.subgraph('identity');
  await definition.routes?.(production, { ...runtime, production: true }, world.ports, open);
  expect((await production.inject('/dev/mail')).statusCode).toBe(404);
  await production.close();
});

test('production keeps no mails, and says so where no server is configured', async () => {
  const { createMailer } = await import('../src/mail.ts');
  const { runtime } = world.subgraph('identity');
  const config = { smtpUrl: undefined, mailFrom: 'x', secretKeyIds: ['k1'] };
  const mailer = createMailer(config as never, runtime.log, world.clock, true);
  mailer.send({ to: 'a@people.test', subject: 's', text: 't', html: 'h', links: [] });
  expect(mailer.kept()).toEqual([]);
});
