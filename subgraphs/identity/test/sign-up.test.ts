import { anonymous } from '@polity/kernel/testing/harness';
import {
  ACTIVATE,
  aPerson,
  aTenant,
  codesOf,
  fieldsOf,
  type IdentityWorld,
  PASSWORD,
  SIGN_IN,
  SIGN_UP,
  startIdentity,
} from './harness.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await startIdentity();
});
afterAll(() => world.close());

const input = (more: Record<string, unknown> = {}) => ({
  email: 'Ada@People.test',
  password: PASSWORD,
  displayName: 'Ada',
  username: 'ada',
  ...more,
});
const count = async (sql: string, params: unknown[] = []) => {
  const em = world.subgraph('identity').runtime.em(world.tenantId);
  const [row] = await em.execute<{ n: string }[]>(`select count(*) as n from ${sql}`, params);
  return Number(row?.n);
};

test('an account can be used once its mailed link was', async () => {
  const { id: tenantId, slug } = await aTenant(world);
  const email = 'ada@people.test';
  expect(await world.data(anonymous, SIGN_UP, { input: input() })).toEqual({ signUp: { email } });
  const credentials = { email, password: PASSWORD };
  expect(codesOf(await world.gql(anonymous, SIGN_IN, credentials))).toEqual(['INVALID_CREDENTIALS']);

  const mail = world.mails(email)[0]!;
  const link = `http://localhost:4000/account/activate?tenant=${slug}#token=polity_ac_`;
  expect(mail.text).toContain(link);
  expect(mail.html).toContain(`href="${link}`);
  const token = world.mailedToken(email);
  const { activateAccount } = await world.data<{ activateAccount: { id: string } }>(anonymous, ACTIVATE, { token });
  expect(activateAccount).toMatchObject({ username: 'ada', displayName: 'Ada' });

  const reply = await world.gql(anonymous, SIGN_IN, credentials);
  expect(reply.data).toEqual({ signIn: { __typename: 'SignedIn', user: { id: activateAccount.id, email } } });
  expect(reply.notes?.session).toMatchObject({ kind: 'start', userId: activateAccount.id, amr: ['pwd'], acr: 'aal1' });

  const me = await world.data<{ me: unknown }>(
    world.viewerOf(activateAccount.id),
    '{ me { status emailVerified tenantMemberships { tenant { id } status } } }',
  );
  expect(me.me).toEqual({
    status: 'ACTIVE',
    emailVerified: true,
    tenantMemberships: [{ tenant: { id: tenantId }, status: 'ACTIVE' }],
  });
  expect(codesOf(await world.gql(anonymous, ACTIVATE, { token }))).toEqual(['TOKEN_INVALID']);
});

test('a known address gets the same answer and another mail', async () => {
  await aTenant(world);
  const person = await aPerson(world);
  const fresh = await world.gql(anonymous, SIGN_UP, {
    input: input({ email: 'new@people.test', username: 'newcomer' }),
  });
  const known = await world.gql(anonymous, SIGN_UP, { input: input({ email: person.email, username: 'other-name' }) });
  expect(JSON.stringify(known.data).replace(person.email, 'new@people.test')).toBe(JSON.stringify(fresh.data));
  expect(known.notes).toEqual(fresh.notes);
  expect(world.mails(person.email)[0]!.subject).toBe('You have an account already');
  expect(await count('user_account where email = ?', [person.email])).toBe(1);
});

test('the log of a tenant does not tell its owner which addresses have an account elsewhere', async () => {
  await aTenant(world);
  const elsewhere = await aPerson(world);
  const { owner } = await aTenant(world);
  const LOG = '{ auditLog(first: 9) { edges { node { type userId data } } } }';
  const REQUEST = 'mutation($email: String!) { requestPasswordReset(email: $email) requestMagicLink(email: $email) }';
  const seenAfter = async (email: string) => {
    await world.data(anonymous, SIGN_UP, { input: input({ email, username: `n${email.length}-${Date.now()}` }) });
    await world.data(anonymous, REQUEST, { email });
    await world.gql(anonymous, SIGN_IN, { email, password: 'certainly not the right one' });
    const { auditLog } = await world.data<{ auditLog: { edges: unknown[] } }>(owner.viewer, LOG);
    return JSON.stringify(auditLog.edges.slice(0, 4));
  };
  expect(await seenAfter(elsewhere.email)).toBe(await seenAfter('nobody.has@people.test'));
  // The person themselves is not forgotten: the entry lies in the log of the installation.
  const em = world.subgraph('identity').runtime.em(null);
  em.setSessionContext({ variables: { 'app.tenant': '', 'app.viewer': elsewhere.id } });
  const own =
    "select type from audit_entry where tenant_id is null and user_id = ? and type like 'authn_%' order by id";
  const entries = await em.transactional((tx) => tx.execute<{ type: string }[]>(own, [elsewhere.id]));
  expect(entries.map(({ type }) => type)).toEqual([...Array(3).fill('authn_token_created'), 'authn_login_fail']);
});

test('the password that counts is that of the sign-up whose link was used', async () => {
  await aTenant(world);
  const email = 'victim@people.test';
  await world.data(anonymous, SIGN_UP, {
    input: input({ email, username: 'victim', password: 'chosen by the attacker' }),
  });
  await world.data(anonymous, SIGN_UP, {
    input: input({ email, username: 'victim', password: 'chosen by the owner of it' }),
  });
  await world.data(anonymous, ACTIVATE, { token: world.mailedToken(email) });
  expect(codesOf(await world.gql(anonymous, SIGN_IN, { email, password: 'chosen by the attacker' }))).toEqual([
    'INVALID_CREDENTIALS',
  ]);
  expect(
    (await world.gql(anonymous, SIGN_IN, { email, password: 'chosen by the owner of it' })).errors,
  ).toBeUndefined();
});

test("who signed up first with somebody else's address chooses neither their name nor the tenant that governs them", async () => {
  const trap = await aTenant(world);
  const email = 'target@people.test';
  await world.data(anonymous, SIGN_UP, { input: input({ email, username: 'target', displayName: 'A nasty name' }) });
  const home = await aTenant(world);
  await world.data(anonymous, SIGN_UP, { input: input({ email, username: 'target', displayName: 'Tara' }) });
  const { activateAccount: tara } = await world.data<{ activateAccount: { id: string; displayName: string } }>(
    anonymous,
    ACTIVATE,
    { token: world.mailedToken(email) },
  );
  expect(tara.displayName).toBe('Tara');
  const mine = await world.data<{ me: { tenantMemberships: { tenant: { id: string } }[] } }>(
    world.viewerOf(tara.id),
    '{ me { tenantMemberships { tenant { id } } } }',
  );
  expect(mine.me.tenantMemberships.map(({ tenant }) => tenant.id)).toEqual([home.id]);
  const suspend = 'mutation($id: ID!) { suspendUser(id: $id, reason: "mine now") { status } }';
  const atTrap = { tenantId: trap.id };
  expect(codesOf(await world.gql(trap.owner.viewer, suspend, { id: tara.id }, atTrap))).toEqual(['NOT_FOUND']);
  expect((await world.gql(home.owner.viewer, suspend, { id: tara.id })).errors).toBeUndefined();
});

describe('a user name belongs to whoever proves an address', () => {
  const signUp = (email: string, username: string, more = {}) =>
    world.data(anonymous, SIGN_UP, { input: input({ email, username, ...more }) });
  const activate = async (email: string) =>
    (
      await world.data<{ activateAccount: { id: string; username: string; displayName: string } }>(
        anonymous,
        ACTIVATE,
        {
          token: world.mailedToken(email),
        },
      )
    ).activateAccount;
  const RENAME = 'mutation($u: String!) { updateAccount(input: { username: $u }) { username } }';
  beforeEach(() => aTenant(world));

  test('the link that is used says what the account is called, whoever signed up first with its address', async () => {
    const email = 'nell@people.test';
    await signUp(email, 'nasty-name', { displayName: 'A nasty name' });
    await signUp(email, 'nell', { displayName: null });
    expect(await activate(email)).toMatchObject({ username: 'nell', displayName: 'nell' });
    const other = await aPerson(world);
    expect(await world.data(other.viewer, RENAME, { u: 'nasty-name' })).toEqual({
      updateAccount: { username: 'nasty-name' },
    });
  });

  test('a sign-up that proves nothing keeps a name from nobody', async () => {
    const email = 'squatter@people.test';
    await signUp(email, 'wanted-name');
    const other = await aPerson(world);
    expect(await world.data(other.viewer, RENAME, { u: 'wanted-name' })).toEqual({
      updateAccount: { username: 'wanted-name' },
    });
    expect(await activate(email)).toMatchObject({ username: expect.stringMatching(/^wanted-name-\d{7}$/) });
  });

  test('whether a sign-up took its name does not tell whether its address has an account', async () => {
    const known = await aPerson(world);
    await signUp(known.email, 'probe-of-known');
    await signUp('nobody.has.this@people.test', 'probe-of-unknown');
    for (const username of ['probe-of-known', 'probe-of-unknown']) {
      await signUp(`${username}@people.test`, username);
      expect(await activate(`${username}@people.test`)).toMatchObject({ username });
    }
  });

  test('twenty who wish one name and use their links at once are all let in, one of them with it', async () => {
    const emails = Array.from({ length: 20 }, (_, n) => `same-wish-${n}@people.test`);
    for (const email of emails) await signUp(email, 'one-for-all');
    const people = await Promise.all(emails.map(activate));
    const names = people.map(({ username }) => username);
    expect(new Set(names).size).toBe(20);
    expect(names.filter((name) => name === 'one-for-all')).toHaveLength(1);
    expect(names.every((name) => name.startsWith('one-for-all'))).toBe(true);
  });

  test('without a wish the account gets a name that says nothing', async () => {
    await world.data(anonymous, SIGN_UP, { input: { email: 'wishless@people.test', password: PASSWORD } });
    const { username, displayName } = await activate('wishless@people.test');
    expect(username).toMatch(/^member-\d{7}$/);
    expect(displayName).toBe(username);
  });
});

test('a taken user name is no error, because an error would tell which addresses are known', async () => {
  await aTenant(world);
  const { username } = await aPerson(world);
  await world.data(anonymous, SIGN_UP, { input: input({ email: 'second@people.test', username }) });
  const { activateAccount } = await world.data<{ activateAccount: { username: string } }>(anonymous, ACTIVATE, {
    token: world.mailedToken('second@people.test'),
  });
  expect(activateAccount.username).toMatch(new RegExp(`^${username}-\\d{7}$`));
});

test.each([
  ['an address without a domain', { email: 'nobody' }, 'email'],
  ['an address with a NUL', { email: 'no\u0000body@people.test' }, 'email'],
  ['a short password', { password: 'fourteen chars' }, 'password'],
  ['a password of a common word and digits', { password: 'password1234567' }, 'password'],
  ['a repeated password', { password: 'hunter2hunter2hunter2' }, 'password'],
  ['a row of keys', { password: 'qwertyuiopasdfghjkl' }, 'password'],
  ['a password made of the address', { password: 'ada@people.test!' }, 'password'],
  ['an overlong password', { password: 'ab cd'.repeat(60) }, 'password'],
  ['a user name with a space', { username: 'a b c' }, 'username'],
  ['an invisible display name', { displayName: '\u200b\u200b' }, 'displayName'],
])('%s is refused by name', async (_, wrong, field) => {
  world.tenantId = null;
  const reply = await world.gql(anonymous, SIGN_UP, { input: input({ email: 'ada.l@people.test', ...wrong }) });
  expect(codesOf(reply)).toEqual(['VALIDATION_ERROR']);
  expect(fieldsOf(reply)).toEqual([field]);
});

test.each(['INVITATION', 'CLOSED'])('a tenant whose policy is %s takes no sign-up', async (policy) => {
  await aTenant(world, policy);
  expect(codesOf(await world.gql(anonymous, SIGN_UP, { input: input({ email: 'late@people.test' }) }))).toEqual([
    'FORBIDDEN',
  ]);
  expect(world.mails('late@people.test')).toEqual([]);
});

test('twenty sign-ups with one address at once make one account and at most ten mails', async () => {
  await aTenant(world);
  const email = 'crowd@people.test';
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      world.gql(anonymous, SIGN_UP, { input: input({ email, username: `crowd${n}` }) }, { address: null }),
    ),
  );
  expect(replies.flatMap(codesOf)).toEqual([]);
  expect(await count('user_account where email = ?', [email])).toBe(1);
  expect(world.mails(email)).toHaveLength(10);
});

test('twenty uses of one link at once activate once', async () => {
  await aTenant(world);
  const email = 'once@people.test';
  await world.data(anonymous, SIGN_UP, { input: input({ email, username: 'once' }) });
  const token = world.mailedToken(email);
  const codes = (
    await Promise.all(Array.from({ length: 20 }, () => world.gql(anonymous, ACTIVATE, { token })))
  ).flatMap(codesOf);
  expect(codes).toEqual(Array(19).fill('TOKEN_INVALID'));
});

test('a link is no good after 24 hours', async () => {
  await aTenant(world);
  await world.data(anonymous, SIGN_UP, { input: input({ email: 'slow@people.test', username: 'slow' }) });
  world.clock.advance(24 * 3600_000);
  expect(codesOf(await world.gql(anonymous, ACTIVATE, { token: world.mailedToken('slow@people.test') }))).toEqual([
    'TOKEN_INVALID',
  ]);
});

test('an address block may sign up three hundred times an hour', async () => {
  world.tenantId = null;
  const signUp = (n: number) =>
    world.gql(
      anonymous,
      SIGN_UP,
      { input: input({ email: `m${n}@people.test`, username: null }) },
      { address: `2001:db8:7::${n}` },
    );
  for (let n = 1; n <= 298; n++) await world.ports.throttle.limit('sign-up', '2001:db8:7:0::/64', 300);
  const codes = [];
  for (let n = 1; n <= 4; n++) codes.push(...codesOf(await signUp(n)));
  expect(codes).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  world.clock.advance(3600_000);
  expect(codesOf(await signUp(5))).toEqual([]);
});
