import { anonymous } from '@polity/kernel/testing/harness';
import type { Context } from '../src/context.ts';
import { verifyPasskeyAssertion } from '../src/domain/passkey/passkey-assertion.service.ts';
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
const REMOVE = 'mutation($id: ID!) { removePasskey(id: $id) }';
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
    expect(await world.data(person.viewer, REMOVE, { id: passkey.id })).toEqual({ removePasskey: true });
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
  const contextFor = (): Context => {
    const { runtime, ports } = world.subgraph('identity');
    const request = {
      requestId: 'test',
      tenantId: world.tenantId,
      viewer: anonymous,
      stamp: null,
      deadline: Date.now() + 10_000,
      onBehalfOf: null,
      address: null,
      device: null,
    };
    const base: Partial<Context> = {
      em: runtime.em(world.tenantId),
      clock: world.clock,
      viewer: anonymous,
      request,
      reply: {},
    };
    return { ...(ports as object), ...base } as Context;
  };

  test('the passkey of the person who gave the first factor is taken, with or without its user handle', async () => {
    const { authenticator } = await ceremony.register(person);
    for (const userHandle of [undefined, null]) {
      const { challenge, options } = await ceremony.beginSignIn();
      const response = authenticator.get(options, userHandle === null ? { userHandle } : {});
      expect(
        await verifyPasskeyAssertion(contextFor(), person.id, response, userHandle === null ? null : challenge),
      ).toMatchObject({ id: person.id });
    }
  });

  test('the passkey of somebody else is not, nor is one without a verified user', async () => {
    const { authenticator } = await ceremony.register(person);
    const other = await aPerson(world);
    const first = await ceremony.beginSignIn();
    await expect(
      verifyPasskeyAssertion(contextFor(), other.id, authenticator.get(first.options), first.challenge),
    ).rejects.toMatchObject({ code: 'PASSKEY_INVALID' });
    const second = await ceremony.beginSignIn();
    const unverified = authenticator.get(second.options, { userVerified: false });
    await expect(verifyPasskeyAssertion(contextFor(), person.id, unverified, second.challenge)).rejects.toMatchObject({
      code: 'PASSKEY_INVALID',
    });
  });
});
