import { anonymous } from '@polity/kernel/testing/harness';
import {
  aPerson,
  aTenant,
  codesOf,
  fieldsOf,
  type IdentityWorld,
  PASSWORD,
  type Person,
  startIdentity,
} from './harness.ts';
import { ceremonies } from './passkey-ceremony.ts';

let world: IdentityWorld;
let person: Person;
let ceremony: ReturnType<typeof ceremonies>;
beforeAll(async () => {
  world = await startIdentity();
  ceremony = ceremonies(world);
  await aTenant(world);
});
beforeEach(async () => {
  person = await aPerson(world);
});
afterAll(() => world.close());

const RENAME = 'mutation($id: ID!, $name: String!) { renamePasskey(id: $id, name: $name) { id name } }';
const REMOVE = 'mutation($id: ID!) { removePasskey(id: $id) { id } }';
const LIST = 'query($id: ID!) { user(id: $id) { passkeys { id name } } }';
const MISSING = '01890000-0000-7000-8000-000000000000';

const execute = (sql: string, params: unknown[]) =>
  world.subgraph('identity').runtime.em(world.tenantId).execute(sql, params);

describe('User.passkeys', () => {
  test('only the person sees them, oldest first', async () => {
    const { passkey: first } = await ceremony.register(person);
    const { passkey: second } = await ceremony.register(person);
    const other = await aPerson(world);
    const listed = [
      { id: first.id, name: 'Passkey' },
      { id: second.id, name: 'Passkey' },
    ];
    expect(await world.data(person.viewer, LIST, { id: person.id })).toEqual({ user: { passkeys: listed } });
    expect(await world.data(other.viewer, LIST, { id: person.id })).toEqual({ user: { passkeys: null } });
  });
});

describe('renamePasskey', () => {
  test('it changes the name', async () => {
    const { passkey } = await ceremony.register(person);
    expect(await world.data(person.viewer, RENAME, { id: passkey.id, name: ' Blue key ' })).toEqual({
      renamePasskey: { id: passkey.id, name: 'Blue key' },
    });
  });

  test('others, nobody and missing ones get no further', async () => {
    const { passkey } = await ceremony.register(person);
    const other = await aPerson(world);
    expect(codesOf(await world.gql(anonymous, RENAME, { id: passkey.id, name: 'x' }))).toEqual(['UNAUTHENTICATED']);
    for (const id of [passkey.id, MISSING, 'no-id'])
      expect(codesOf(await world.gql(other.viewer, RENAME, { id, name: 'x' }))).toEqual(['NOT_FOUND']);
  });

  test.each(['', '   ', 'x'.repeat(61), '\u0000'])('the name %j is refused', async (name) => {
    const { passkey } = await ceremony.register(person);
    expect(fieldsOf(await world.gql(person.viewer, RENAME, { id: passkey.id, name }))).toEqual(['name']);
  });
});

describe('removePasskey', () => {
  test('it cannot sign in any more, and the person is told', async () => {
    const { authenticator, passkey } = await ceremony.register(person);
    expect(await world.data(person.viewer, REMOVE, { id: passkey.id })).toEqual({
      removePasskey: { id: passkey.id },
    });
    expect(codesOf(await ceremony.signIn(authenticator))).toEqual(['PASSKEY_INVALID']);
    expect(world.mails(person.email)[0]).toMatchObject({ subject: 'A passkey was removed' });
    expect(codesOf(await world.gql(person.viewer, REMOVE, { id: passkey.id }))).toEqual(['NOT_FOUND']);
    const [entry] = (await execute("select data from audit_entry where type = 'passkey_removed' and user_id = ?", [
      person.id,
    ])) as { data: unknown }[];
    expect(entry?.data).toEqual({ passkeyId: passkey.id });
  });

  test('it needs a fresh session of the person', async () => {
    const { passkey } = await ceremony.register(person);
    const other = await aPerson(world);
    const stale = { ...person.viewer, authTime: Math.floor(world.clock.nowMs() / 1000) - 901 };
    expect(codesOf(await world.gql(anonymous, REMOVE, { id: passkey.id }))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await world.gql(stale, REMOVE, { id: passkey.id }))).toEqual(['STEP_UP_REQUIRED']);
    for (const id of [passkey.id, MISSING, 'no-id'])
      expect(codesOf(await world.gql(other.viewer, REMOVE, { id }))).toEqual(['NOT_FOUND']);
  });

  test('the only second factor stays where the tenant wants one', async () => {
    const { passkey } = await ceremony.register(person);
    await execute('update tenant set mfa_required = true where id = ?', [world.tenantId]);
    expect(codesOf(await world.gql(person.viewer, REMOVE, { id: passkey.id }))).toEqual(['CONFLICT']);
    await execute('update tenant set mfa_required = false where id = ?', [world.tenantId]);
    expect((await world.gql(person.viewer, REMOVE, { id: passkey.id })).errors).toBeUndefined();
  });

  test('of the last two ways into an account without a password one stays, also when both go at once', async () => {
    const { passkey: first } = await ceremony.register(person);
    const { passkey: second } = await ceremony.register(person);
    await execute('delete from credential where user_id = ?', [person.id]);
    const replies = await Promise.all([first, second].map(({ id }) => world.gql(person.viewer, REMOVE, { id })));
    expect(replies.flatMap(codesOf)).toEqual(['LAST_SIGN_IN_METHOD']);
  });
});

test('erasing an account removes its passkeys', async () => {
  const { authenticator } = await ceremony.register(person);
  await world.data(person.viewer, 'mutation($p: String!) { deleteAccount(password: $p) }', { p: PASSWORD });
  expect(await execute('select id from passkey where user_id = ?', [person.id])).toEqual([]);
  expect(codesOf(await ceremony.signIn(authenticator))).toEqual(['PASSKEY_INVALID']);
});

describe('as a second factor', () => {
  const SIGN_IN =
    'mutation($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { __typename ... on MfaRequired { challenge methods } } }';
  const VERIFY =
    'mutation($challenge: String!, $passkey: JSON!) { verifyMfa(input: { challenge: $challenge, passkey: $passkey }) { user { id } } }';
  const REAUTHENTICATE = 'mutation($passkey: JSON!) { reauthenticate(input: { passkey: $passkey }) { user { id } } }';

  beforeAll(() => execute('update tenant set mfa_required = true where id = ?', [world.tenantId]));
  afterAll(() => execute('update tenant set mfa_required = false where id = ?', [world.tenantId]));

  async function firstFactor({ email }: Person): Promise<string> {
    const { signIn } = await world.data<{ signIn: { challenge: string; methods: string[] } }>(anonymous, SIGN_IN, {
      email,
      password: PASSWORD,
    });
    expect(signIn).toMatchObject({ __typename: 'MfaRequired', methods: expect.arrayContaining(['PASSKEY']) });
    return signIn.challenge;
  }

  test('the passkey of the person who gave the password is taken', async () => {
    const { authenticator } = await ceremony.register(person);
    const challenge = await firstFactor(person);
    const { options } = await ceremony.beginSignIn();
    const reply = await world.gql(anonymous, VERIFY, { challenge, passkey: authenticator.get(options) });
    expect(reply.data).toEqual({ verifyMfa: { user: { id: person.id } } });
    expect(reply.notes?.session).toMatchObject({ kind: 'start', userId: person.id, acr: 'aal2' });
  });

  test('the passkey of somebody else is not, nor is one whose user was not verified', async () => {
    const { authenticator: theirs } = await ceremony.register(await aPerson(world));
    const { authenticator: own } = await ceremony.register(person);
    const challenge = await firstFactor(person);
    for (const [authenticator, userVerified] of [
      [theirs, true],
      [own, false],
    ] as const) {
      const { options } = await ceremony.beginSignIn();
      const passkey = authenticator.get(options, { userVerified });
      expect(codesOf(await world.gql(anonymous, VERIFY, { challenge, passkey }))).toEqual(['PASSKEY_INVALID']);
    }
  });

  test('an authenticator that names no user is enough where the person is known', async () => {
    const { authenticator } = await ceremony.register(person);
    const challenge = await firstFactor(person);
    const { options } = await ceremony.beginSignIn();
    const passkey = authenticator.get(options, { userHandle: null });
    expect((await world.gql(anonymous, VERIFY, { challenge, passkey })).errors).toBeUndefined();
  });

  test('it proves anew who has a session, and nobody else', async () => {
    const { authenticator } = await ceremony.register(person);
    const other = await aPerson(world);
    const { options } = await ceremony.beginSignIn();
    const reply = await world.gql(person.viewer, REAUTHENTICATE, { passkey: authenticator.get(options) });
    expect(reply.notes?.session).toMatchObject({ kind: 'stepUp', acr: 'aal2' });
    const again = await ceremony.beginSignIn();
    const stolen = await world.gql(other.viewer, REAUTHENTICATE, { passkey: authenticator.get(again.options) });
    expect(codesOf(stolen)).toEqual(['PASSKEY_INVALID']);
  });
});
