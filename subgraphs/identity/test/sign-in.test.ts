import { hash } from '@node-rs/argon2';
import { anonymous } from '@polity/kernel/testing/harness';
import {
  aPerson,
  aTenant,
  codesOf,
  type IdentityWorld,
  PASSWORD,
  type Person,
  SIGN_IN,
  startIdentity,
} from './harness.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await startIdentity();
});
afterAll(() => world.close());

const WRONG = 'not the right passphrase';
const signIn = (email: string, password: string, address = '192.0.2.1') =>
  world.gql(anonymous, SIGN_IN, { email, password }, { address });
const execute = (sql: string, params: unknown[]) =>
  world.subgraph('identity').runtime.em(world.tenantId).execute(sql, params);

async function member(): Promise<Person> {
  await aTenant(world);
  return aPerson(world);
}

test('every cause of a failed sign-in gives one answer', async () => {
  const suspended = await member();
  const person = await aPerson(world);
  await execute("update user_account set status = 'SUSPENDED' where id = ?", [suspended.id]);
  const replies = [
    await signIn('nobody@people.test', WRONG),
    await signIn(person.email, WRONG),
    await signIn(suspended.email, PASSWORD),
  ];
  const bodies = replies.map(({ data, errors, notes }) =>
    JSON.stringify({
      data,
      notes,
      errors: errors?.map(({ extensions, ...error }) => ({ ...error, code: extensions?.code })),
    }),
  );
  expect(new Set(bodies).size).toBe(1);
  expect(codesOf(replies[0]!)).toEqual(['INVALID_CREDENTIALS']);
});

test('signing in by link lowers no counter that others share', async () => {
  await aTenant(world);
  const person = await aPerson(world);
  const address = '192.0.2.77';
  const tried = (n: number) => world.ports.throttle.take({ account: `pwd:victim${n}@people.test`, address });
  for (let n = 0; n < 300; n++) await tried(n);
  await expect(tried(300)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  const LINK = 'mutation($email: String!) { requestMagicLink(email: $email) }';
  const FOLLOW = 'mutation($token: String!) { signInWithMagicLink(token: $token) { __typename } }';
  for (let n = 0; n < 3; n++) {
    await world.data(anonymous, LINK, { email: person.email });
    await world.data(anonymous, FOLLOW, { token: world.mailedToken(person.email) }, { address });
  }
  await expect(tried(301)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test('the address is compared without case, the password with it and after NFKC', async () => {
  await aTenant(world);
  const person = await aPerson(world, 'nfkc', 'ﬁfteen letters ÅÅ');
  expect((await signIn('NFKC@People.Test ', 'fifteen letters ÅÅ')).errors).toBeUndefined();
  expect(codesOf(await signIn(person.email, 'Fifteen letters ÅÅ'))).toEqual(['INVALID_CREDENTIALS']);
});

test('after five failures each try waits, known and unknown accounts alike, and a success clears it', async () => {
  const person = await member();
  for (const email of [person.email, 'nobody-at-all@people.test']) {
    const codes = [];
    for (let n = 0; n < 6; n++) codes.push(...codesOf(await signIn(email, WRONG)));
    expect(codes).toEqual([...Array(5).fill('INVALID_CREDENTIALS'), 'RATE_LIMITED']);
  }
  const held = await signIn(person.email, PASSWORD);
  expect(held.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfter: 30 } });
  world.clock.advance(30_000);
  expect((await signIn(person.email, PASSWORD)).errors).toBeUndefined();
  expect(codesOf(await signIn(person.email, WRONG))).toEqual(['INVALID_CREDENTIALS']);
});

test('the wait doubles', async () => {
  const person = await member();
  for (let n = 0; n < 5; n++) await signIn(person.email, WRONG);
  world.clock.advance(30_000);
  await signIn(person.email, WRONG);
  expect((await signIn(person.email, WRONG)).errors?.[0]?.extensions).toMatchObject({ details: { retryAfter: 60 } });
});

test('a hundred aliased sign-ins in one request count a hundred', async () => {
  const person = await member();
  const fields = Array.from(
    { length: 100 },
    (_, n) => `a${n}: signIn(input: { email: "${person.email}", password: "${WRONG}" }) { __typename }`,
  );
  const codes = codesOf(await world.gql(anonymous, `mutation { ${fields.join(' ')} }`));
  expect(codes.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(5);
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(95);
});

test('an account takes twenty failures an hour from strange addresses, and its own address still gets in', async () => {
  const person = await member();
  expect((await signIn(person.email, PASSWORD, '198.51.100.7')).errors).toBeUndefined();
  const codes = [];
  for (let n = 0; n < 22; n++) codes.push(...codesOf(await signIn(person.email, WRONG, `203.0.113.${n}`)));
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(2);
  expect((await signIn(person.email, PASSWORD, '198.51.100.7')).errors).toBeUndefined();
});

test('addresses of one IPv6 /64 are one address', async () => {
  const person = await member();
  for (let n = 0; n < 5; n++) await signIn(person.email, WRONG, `2001:db8:1:2::${n}`);
  expect(codesOf(await signIn(person.email, WRONG, '2001:db8:1:2:ffff::1'))).toEqual(['RATE_LIMITED']);
  expect(codesOf(await signIn(person.email, WRONG, '2001:db8:1:3::1'))).toEqual(['INVALID_CREDENTIALS']);
});

test('a hundred failures in a row turn the password off until it is reset', async () => {
  const person = await member();
  await execute('update user_account set failed_attempts = 99 where id = ?', [person.id]);
  expect(codesOf(await signIn(person.email, WRONG))).toEqual(['INVALID_CREDENTIALS']);
  expect(codesOf(await signIn(person.email, PASSWORD))).toEqual(['INVALID_CREDENTIALS']);
  await world.data(anonymous, 'mutation($e: String!) { requestPasswordReset(email: $e) }', { e: person.email });
  const variables = { token: world.mailedToken(person.email), newPassword: 'quite another phrase' };
  await world.data(
    anonymous,
    'mutation($token: String!, $newPassword: String!) { resetPassword(token: $token, newPassword: $newPassword) }',
    variables,
  );
  expect((await signIn(person.email, 'quite another phrase')).errors).toBeUndefined();
});

test('a hash of older parameters is renewed at sign-in', async () => {
  const person = await member();
  const { deriveKey } = await import('@polity/kernel/config/secrets');
  const secret = deriveKey(world.platform.masterSecret, 'identity/password-pepper');
  const old = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1, secret });
  await execute('update credential set password_hash = ? where user_id = ?', [old, person.id]);
  expect((await signIn(person.email, PASSWORD)).errors).toBeUndefined();
  const [row] = (await execute('select password_hash from credential where user_id = ?', [person.id])) as {
    password_hash: string;
  }[];
  expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect((await signIn(person.email, PASSWORD)).errors).toBeUndefined();
});

test('more hashes than the queue holds are refused, not piled up', async () => {
  const { passwordHasher } = await import('../src/domain/credential/hash-queue.ts');
  const hasher = await passwordHasher({ pepper: Buffer.alloc(32), workers: 1, queueLimit: 4 });
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => hasher.hash('whatever it may be')));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  const refused = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
  expect(refused.reason).toMatchObject({ code: 'OVERLOADED' });
  expect(await hasher.verify(await hasher.hash('whatever it may be'), 'whatever it may be')).toBe(true);
});

describe('magic link', () => {
  const request = (email: string) =>
    world.gql(anonymous, 'mutation($e: String!) { requestMagicLink(email: $e) }', { e: email });
  const use = (token: string) =>
    world.gql(anonymous, 'mutation($t: String!) { signInWithMagicLink(token: $t) { __typename } }', { t: token });

  test('it signs in once', async () => {
    const person = await member();
    await request(person.email);
    const token = world.mailedToken(person.email);
    const replies = await Promise.all(Array.from({ length: 20 }, () => use(token)));
    expect(replies.flatMap(codesOf)).toEqual(Array(19).fill('TOKEN_INVALID'));
    expect(replies.find(({ notes }) => notes?.session)?.notes?.session).toMatchObject({
      kind: 'start',
      userId: person.id,
      amr: ['email'],
    });
  });

  test('it is good for ten minutes', async () => {
    const person = await member();
    await request(person.email);
    world.clock.advance(600_000);
    expect(codesOf(await use(world.mailedToken(person.email)))).toEqual(['TOKEN_INVALID']);
  });

  test('an unknown address costs the same statements and gets the same answer, but no mail', async () => {
    const person = await member();
    const known = await world.count(() => request(person.email));
    const unknown = await world.count(() => request('who@people.test'));
    expect(unknown.result).toEqual(known.result);
    expect(unknown.counts.statements.identity?.length).toBe(known.counts.statements.identity?.length);
    expect(world.mails('who@people.test')).toEqual([]);
  });

  test('a token of another purpose is no good', async () => {
    const person = await member();
    await world.data(anonymous, 'mutation($e: String!) { requestPasswordReset(email: $e) }', { e: person.email });
    expect(codesOf(await use(world.mailedToken(person.email)))).toEqual(['TOKEN_INVALID']);
  });
});

test('an unknown address and a wrong password cost the same statements', async () => {
  const person = await member();
  const wrong = await world.count(() => signIn(person.email, WRONG, '192.0.2.50'));
  const unknown = await world.count(() => signIn('nobody2@people.test', WRONG, '192.0.2.51'));
  expect(unknown.counts.statements.identity?.length).toBe(wrong.counts.statements.identity?.length);
});
