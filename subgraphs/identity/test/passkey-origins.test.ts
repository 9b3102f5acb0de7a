import { anonymous } from '@polity/kernel/testing/harness';
import fastify from 'fastify';
import { aPerson, aTenant, codesOf, type IdentityWorld, startIdentity } from './harness.ts';
import { ceremonies, FINISH_SIGN_IN, PUBLIC_ORIGIN } from './passkey-ceremony.ts';
import { SoftwareAuthenticator } from './software-authenticator.ts';

const FRONT_END = 'https://app.example.org';

let world: IdentityWorld;
beforeAll(async () => {
  world = await startIdentity({ env: { ALLOWED_ORIGINS: `${FRONT_END},http://localhost:3000` } });
});
afterAll(() => world.close());

test('a passkey made and used at a front end elsewhere is good, and at a stranger is not', async () => {
  const ceremony = ceremonies(world);
  await aTenant(world);
  const person = await aPerson(world);
  const { authenticator } = await ceremony.register(person, {}, new SoftwareAuthenticator(FRONT_END));
  expect((await ceremony.signIn(authenticator)).errors).toBeUndefined();
  const { challenge, options } = await ceremony.beginSignIn();
  const response = authenticator.get(options, { origin: 'https://app.example.org.evil.example' });
  expect(codesOf(await world.gql(anonymous, FINISH_SIGN_IN, { challenge, response }))).toEqual(['PASSKEY_INVALID']);
});

test('browsers are told which front ends they are', async () => {
  const app = fastify();
  await world.subgraph('identity').routes(app);
  const answer = await app.inject('/.well-known/webauthn');
  expect([answer.headers['content-type'], answer.json()]).toEqual([
    'application/json; charset=utf-8',
    { origins: [FRONT_END, 'http://localhost:3000'] },
  ]);
  expect(answer.json().origins).not.toContain(PUBLIC_ORIGIN);
  await app.close();
});
