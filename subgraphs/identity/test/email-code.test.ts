import { anonymous } from '@polity/kernel/testing/harness';
import { aPerson, aTenant, codesOf, type IdentityWorld, type Person, startIdentity } from './harness.ts';

const ASK = 'mutation($email: String!) { requestEmailCode(email: $email) { challenge expiresAt } }';
const USE = `mutation($challenge: String!, $code: String!) {
  signInWithEmailCode(input: { challenge: $challenge, code: $code }) { __typename ... on SignedIn { user { id } } } }`;
const ALLOW = 'mutation($on: Boolean!) { updateTenant(input: { emailCodes: $on }) { emailCodes } }';
const MINUTE = 60_000;

let world: IdentityWorld;
let owner: Person;
let person: Person;

beforeEach(async () => {
  world = await startIdentity();
  ({ owner } = await aTenant(world));
  person = await aPerson(world);
  await world.data(world.viewerOf(owner.id), ALLOW, { on: true });
});
afterEach(() => world?.close());

interface Sent {
  requestEmailCode: { challenge: string; expiresAt: string };
}

const ask = async (email = person.email) =>
  (await world.data<{ requestEmailCode: { challenge: string } }>(anonymous, ASK, { email })).requestEmailCode.challenge;
// Names in the mail may hold digits, too.
const mailed = (email = person.email) =>
  /(?<![\w-])\d{6}(?![\w-])/.exec(world.mails(email)[0]?.text ?? '')?.[0] as string;
const sign = (challenge: string, code: string, address = '192.0.2.1') =>
  world.gql(anonymous, USE, { challenge, code }, { address });
const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('a mailed code signs in once, typed with a space or without', async () => {
  const challenge = await ask();
  const code = mailed();
  const reply = await sign(challenge, `${code.slice(0, 3)} ${code.slice(3)}`);
  expect(reply.data?.signInWithEmailCode).toEqual({ __typename: 'SignedIn', user: { id: person.id } });
  expect(codesOf(await sign(challenge, code))).toEqual(['INVALID_CREDENTIALS']);
});

test('of twenty at once with the right code one gets in', async () => {
  const challenge = await ask();
  const code = mailed();
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, index) => sign(challenge, code, `192.0.2.${index}`)),
  );
  const codes = replies.map((reply) => (reply.data?.signInWithEmailCode ? 'in' : codesOf(reply).join()));
  expect(codes.filter((each) => each === 'in')).toEqual(['in']);
});

test('after five wrong tries the right code is not taken either, and another code leaves the count', async () => {
  const challenge = await ask();
  const code = mailed();
  for (let index = 0; index < 5; index++)
    expect(codesOf(await sign(challenge, another(code), `198.51.100.${index}`))).toEqual(['INVALID_CREDENTIALS']);
  expect(codesOf(await sign(challenge, code, '198.51.100.9'))).toEqual(['INVALID_CREDENTIALS']);
  // From one address tries are slowed down over several codes.
  const answers: (string | undefined)[] = [];
  for (let index = 0; index < 8; index++)
    answers.push(codesOf(await sign(await ask(), '000000', '203.0.113.1'))[0] as string);
  expect(answers).toContain('RATE_LIMITED');
});

test('a code is good for ten minutes, and for its own challenge', async () => {
  const [first, second] = [await ask(), await ask()];
  const code = mailed();
  expect(codesOf(await sign(first, code))).toEqual(['INVALID_CREDENTIALS']);
  world.clock.advance(11 * MINUTE);
  expect(codesOf(await sign(second, code))).toEqual(['INVALID_CREDENTIALS']);
});

test('an unknown address gets the same answer and no mail', async () => {
  const known = await world.data<Sent>(anonymous, ASK, { email: person.email });
  const { requestEmailCode: sent } = await world.data<Sent>(anonymous, ASK, { email: 'nobody@people.test' });
  expect([Object.keys(sent), sent.challenge.length]).toEqual([
    ['challenge', 'expiresAt'],
    known.requestEmailCode.challenge.length,
  ]);
  expect(world.mails('nobody@people.test')).toEqual([]);
  expect(codesOf(await sign(sent.challenge, '123456'))).toEqual(['INVALID_CREDENTIALS']);
  expect(codesOf(await sign('polity_ec_unknown', '123456'))).toEqual(['INVALID_CREDENTIALS']);
});

test('where the tenant does not allow it nobody gets in by a code, not even by one of before', async () => {
  const challenge = await ask();
  const code = mailed();
  await world.data(world.viewerOf(owner.id), ALLOW, { on: false });
  expect(codesOf(await world.gql(anonymous, ASK, { email: person.email }))).toEqual(['FORBIDDEN']);
  expect(codesOf(await sign(challenge, code))).toEqual(['FORBIDDEN']);
});

test('neither code nor challenge is stored', async () => {
  const challenge = await ask();
  const stored = JSON.stringify(await world.subgraph('identity').runtime.em(null).execute('select * from email_code'));
  expect(stored).not.toContain(challenge);
  expect(stored).not.toContain(`"${mailed()}"`);
  expect(stored).not.toContain(person.email);
});
