import { anonymous } from '@polity/kernel/testing/harness';
import {
  aPerson,
  aTenant,
  codesOf,
  fieldsOf,
  type IdentityWorld,
  PASSWORD,
  type Person,
  SIGN_IN,
  startIdentity,
} from './harness.ts';

let world: IdentityWorld;
let person: Person;
beforeAll(async () => {
  world = await startIdentity();
  await aTenant(world);
});
beforeEach(async () => {
  person = await aPerson(world);
});
afterAll(() => world.close());

const NEW = 'an altogether new phrase';
const signIn = (email: string, password: string) => world.gql(anonymous, SIGN_IN, { email, password });
const CHANGE =
  'mutation($currentPassword: String!, $newPassword: String!) { changePassword(currentPassword: $currentPassword, newPassword: $newPassword) }';
const RESET =
  'mutation($token: String!, $newPassword: String!) { resetPassword(token: $token, newPassword: $newPassword) }';
const MAKE_TOKEN = 'mutation { createPersonalToken(input: { name: "script", scopes: ["graph.read"] }) { secret } }';
const TOKENS = '{ personalTokens { edges { node { name } } } }';
const ASK = 'mutation($email: String!) { requestPasswordReset(email: $email) }';

describe('changePassword', () => {
  test('it changes the password, ends other sessions and tells the person', async () => {
    const reply = await world.gql(person.viewer, CHANGE, { currentPassword: PASSWORD, newPassword: NEW });
    expect(reply.data).toEqual({ changePassword: true });
    expect(reply.notes?.session).toEqual({ kind: 'endOthers', userId: person.id });
    expect(world.mails(person.email)[0]!.subject).toBe('Your password was changed');
    expect((await signIn(person.email, NEW)).errors).toBeUndefined();
    expect(codesOf(await signIn(person.email, PASSWORD))).toEqual(['INVALID_CREDENTIALS']);
  });

  test('a wrong current password changes nothing', async () => {
    const reply = await world.gql(person.viewer, CHANGE, {
      currentPassword: 'something else entirely',
      newPassword: NEW,
    });
    expect(codesOf(reply)).toEqual(['INVALID_CREDENTIALS']);
    expect((await signIn(person.email, PASSWORD)).errors).toBeUndefined();
  });

  test('a weak password is refused', async () => {
    const reply = await world.gql(person.viewer, CHANGE, { currentPassword: PASSWORD, newPassword: '123456789012345' });
    expect(fieldsOf(reply)).toEqual(['newPassword']);
  });

  test('nobody can change it without a session', async () => {
    expect(codesOf(await world.gql(anonymous, CHANGE, { currentPassword: PASSWORD, newPassword: NEW }))).toEqual([
      'UNAUTHENTICATED',
    ]);
  });
});

describe('resetPassword', () => {
  test('whoever was in the account before keeps no way back: not the address they asked to move it to', async () => {
    await world.data(person.viewer, MAKE_TOKEN);
    expect(await world.data(person.viewer, TOKENS)).toMatchObject({
      personalTokens: { edges: [{ node: { name: 'script' } }] },
    });
    const thief = `thief-${person.username}@people.test`;
    await world.data(person.viewer, 'mutation($e: String!) { changeEmail(newEmail: $e) }', { e: thief });
    const moving = world.mailedToken(thief);
    await world.data(anonymous, ASK, { email: person.email });
    await world.data(anonymous, RESET, { token: world.mailedToken(person.email), newPassword: NEW });
    const confirm = 'mutation($t: String!) { confirmEmail(token: $t) { id } }';
    expect(codesOf(await world.gql(anonymous, confirm, { t: moving }))).toEqual(['TOKEN_INVALID']);
    expect(await world.data(person.viewer, TOKENS)).toEqual({ personalTokens: { edges: [] } });
  });

  test('a mailed link sets the password once, ends all sessions and signs nobody in', async () => {
    await world.data(anonymous, ASK, { email: person.email });
    const token = world.mailedToken(person.email);
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => world.gql(anonymous, RESET, { token, newPassword: NEW })),
    );
    expect(tries.flatMap(codesOf)).toEqual(Array(19).fill('TOKEN_INVALID'));
    const notes = tries.map(({ notes }) => notes?.session).filter(Boolean);
    expect(notes).toEqual([{ kind: 'endAll', userId: person.id }]);
    expect((await signIn(person.email, NEW)).errors).toBeUndefined();
  });

  test('a refused password leaves the link good', async () => {
    await world.data(anonymous, ASK, { email: person.email });
    const token = world.mailedToken(person.email);
    expect(fieldsOf(await world.gql(anonymous, RESET, { token, newPassword: 'short' }))).toEqual(['newPassword']);
    expect((await world.gql(anonymous, RESET, { token, newPassword: NEW })).errors).toBeUndefined();
  });

  test('one used link ends the others', async () => {
    await world.data(anonymous, ASK, { email: person.email });
    const first = world.mailedToken(person.email);
    await world.data(anonymous, ASK, { email: person.email });
    await world.data(anonymous, RESET, { token: world.mailedToken(person.email), newPassword: NEW });
    expect(codesOf(await world.gql(anonymous, RESET, { token: first, newPassword: PASSWORD }))).toEqual([
      'TOKEN_INVALID',
    ]);
  });

  test('a link is good for thirty minutes', async () => {
    await world.data(anonymous, ASK, { email: person.email });
    world.clock.advance(30 * 60_000);
    expect(
      codesOf(await world.gql(anonymous, RESET, { token: world.mailedToken(person.email), newPassword: NEW })),
    ).toEqual(['TOKEN_INVALID']);
  });

  test('asking locks nothing, whatever the number, and mails ten times an hour', async () => {
    const before = world.mails(person.email).length;
    for (let n = 0; n < 12; n++) await world.data(anonymous, ASK, { email: person.email }, { address: `192.0.2.${n}` });
    expect(world.mails(person.email).length - before).toBe(9);
    expect((await signIn(person.email, PASSWORD)).errors).toBeUndefined();
  });

  test('what is stored of a link opens nothing', async () => {
    await world.data(anonymous, ASK, { email: person.email });
    const secret = world.mailedToken(person.email);
    const rows = await world
      .subgraph('identity')
      .runtime.em(null)
      .execute<{ hash: string }[]>('select hash from token where user_id = ? order by id desc', [person.id]);
    expect(rows.map(({ hash }) => hash)).not.toContain(secret);
    expect(codesOf(await world.gql(anonymous, RESET, { token: rows[0]!.hash, newPassword: NEW }))).toEqual([
      'TOKEN_INVALID',
    ]);
  });
});
