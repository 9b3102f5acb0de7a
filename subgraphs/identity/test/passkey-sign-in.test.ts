import { anonymous } from '@polity/kernel/testing/harness';
import { aPerson, aTenant, codesOf, type IdentityWorld, type Person, type Place, startIdentity } from './harness.ts';
import { BEGIN_SIGN_IN, type Begun, ceremonies, FINISH_SIGN_IN, PUBLIC_ORIGIN } from './passkey-ceremony.ts';
import { type Behaviour, SoftwareAuthenticator } from './software-authenticator.ts';

let world: IdentityWorld;
let place: Place;
let person: Person;
let ceremony: ReturnType<typeof ceremonies>;
beforeAll(async () => {
  world = await startIdentity();
  ceremony = ceremonies(world);
  place = await aTenant(world);
});
beforeEach(async () => {
  person = await aPerson(world);
});
afterAll(() => world.close());

const execute = <Row>(sql: string, params: unknown[]) =>
  world.subgraph('identity').runtime.em(world.tenantId).execute<Row[]>(sql, params);
const finish = (challenge: string, response: unknown) => world.gql(anonymous, FINISH_SIGN_IN, { challenge, response });
const lastCause = async () =>
  (
    await execute<{ why: string }>(
      "select data ->> 'why' as why from audit_entry where type = 'authn_login_fail' and user_id = ? order by id desc limit 1",
      [person.id],
    )
  )[0]?.why;
const sibling = 't-sibling';

test('a passkey signs in without a second factor, at the higher assurance', async () => {
  const { authenticator, passkey } = await ceremony.register(person);
  const reply = await ceremony.signIn(authenticator);
  expect(reply.data).toEqual({
    finishPasskeySignIn: {
      __typename: 'SignedIn',
      user: { id: person.id, email: person.email, passkeys: [{ id: passkey.id, lastUsedAt: expect.any(String) }] },
    },
  });
  expect(reply.notes?.session).toMatchObject({
    kind: 'start',
    userId: person.id,
    acr: 'aal2',
    amr: ['hwk', 'user', 'mfa'],
  });
  const [entry] = await execute<{ type: string; user_id: string }>(
    'select type, user_id from audit_entry order by id desc limit 1',
    [],
  );
  expect(entry).toEqual({ type: 'authn_login_success', user_id: person.id });
});

test('the options name no key, want the user verified, and are the same whoever is expected', async () => {
  await ceremony.register(person);
  const shapes = [];
  for (const email of [undefined, person.email, 'nobody@people.test', 'not an address']) {
    const { beginPasskeySignIn: begun } = await world.data<{ beginPasskeySignIn: Begun<object> }>(
      anonymous,
      BEGIN_SIGN_IN,
      { email },
    );
    expect(begun.options).toMatchObject({ challenge: begun.challenge });
    shapes.push({ ...begun.options, challenge: begun.challenge.length });
  }
  expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1);
  expect(shapes[0]).toEqual({
    rpId: 'localhost',
    challenge: 43,
    allowCredentials: [],
    timeout: 300_000,
    userVerification: 'required',
  });
});

test.each(['ES256', 'EdDSA', 'RS256'] as const)('a key of %s signs in', async (algorithm) => {
  const { authenticator } = await ceremony.register(person, { algorithm });
  expect((await ceremony.signIn(authenticator)).errors).toBeUndefined();
});

test('one passkey works at the public address and at that of the tenant', async () => {
  const { authenticator } = await ceremony.register(person);
  expect(
    (await ceremony.signIn(authenticator, { origin: `http://${place.slug}.localhost:4000` })).errors,
  ).toBeUndefined();
  expect((await ceremony.signIn(authenticator, { origin: PUBLIC_ORIGIN })).errors).toBeUndefined();
});

test('a synced passkey, whose counter stays at zero, signs in again and again', async () => {
  const { authenticator } = await ceremony.register(person, { backupEligible: true, backedUp: true });
  for (const _ of [1, 2])
    expect(
      (await ceremony.signIn(authenticator, { counter: 0, backupEligible: true, backedUp: true })).errors,
    ).toBeUndefined();
});

const b64 = (text: string) => Buffer.from(text).toString('base64url');
const refusals: [string, Behaviour, string][] = [
  ['another challenge than the given one', { challenge: b64('another challenge, 32 bytes long') }, 'challenge'],
  ['the origin of another site', { origin: 'https://polity.example' }, 'origin'],
  ['the origin of a sibling tenant', { origin: `http://${sibling}.localhost:4000` }, 'origin'],
  ['the host of the tenant at another port', { origin: 'http://localhost:4001' }, 'origin'],
  ['the public host over another scheme', { origin: 'https://localhost:4000' }, 'origin'],
  ['a relying party that is not ours', { rpId: 'polity.example' }, 'RP ID'],
  ['the relying party of a single tenant', { rpId: `${sibling}.localhost` }, 'RP ID'],
  ['a user who was not verified', { userVerified: false }, 'could not be verified'],
  ['a user who was not there', { userPresent: false }, 'not present'],
  ['a signature that was changed', { tamper: true }, 'signature'],
  ['the user handle of somebody else', { userHandle: b64('somebody else...') }, 'user handle'],
  ['no user handle', { userHandle: null }, 'user handle'],
  ['a counter that stands still', { counter: 7 }, 'counter'],
  ['a counter that goes back', { counter: 3 }, 'counter'],
  ['a ceremony in a frame of another origin', { crossOrigin: true }, 'frame'],
  ['a ceremony in a frame that names its page', { crossOrigin: true, topOrigin: PUBLIC_ORIGIN }, 'frame'],
  ['a page around it that is no frame', { topOrigin: PUBLIC_ORIGIN }, 'frame'],
  ['an answer meant for registration', { type: 'webauthn.create' }, 'type'],
  ['a key that says it can be backed up since today', { backupEligible: true }, 'backup eligibility'],
];

describe('refused, each with the same answer, its cause for the audit log only', () => {
  beforeAll(async () => {
    await aTenant(world, 'OPEN', sibling);
    world.tenantId = place.id;
  });

  test.each(refusals)('%s', async (_, behaviour, cause) => {
    const { authenticator } = await ceremony.register(person);
    expect((await ceremony.signIn(authenticator, { counter: 7 })).errors).toBeUndefined();
    const { challenge, options } = await ceremony.beginSignIn();
    const refused = await finish(challenge, authenticator.get(options, { counter: 8, ...behaviour }));
    expect(refused.errors).toEqual([
      expect.objectContaining({
        message: 'This passkey was not accepted. Try again, or use another way to sign in.',
        extensions: expect.objectContaining({ code: 'PASSKEY_INVALID' }),
      }),
    ]);
    expect(refused.notes?.session).toBeUndefined();
    expect(await lastCause()).toContain(cause);
    // The table proves nothing unless the same key is taken when nothing is wrong.
    expect((await ceremony.signIn(authenticator, { counter: 9 })).errors).toBeUndefined();
  });

  test('a wrong answer uses the challenge up', async () => {
    const { authenticator } = await ceremony.register(person);
    const { challenge, options } = await ceremony.beginSignIn();
    expect(codesOf(await finish(challenge, authenticator.get(options, { tamper: true })))).toEqual(['PASSKEY_INVALID']);
    expect(codesOf(await finish(challenge, authenticator.get(options)))).toEqual(['PASSKEY_INVALID']);
  });

  test('a challenge of one tenant answered at a sibling', async () => {
    const { authenticator } = await ceremony.register(person);
    const { challenge, options } = await ceremony.beginSignIn();
    const response = authenticator.get(options, { origin: `http://${place.slug}.localhost:4000` });
    const other = await world.data<{ tenant: { id: string } }>(
      anonymous,
      'query($s: String) { tenant(slug: $s) { id } }',
      { s: sibling },
    );
    const reply = await world.gql(anonymous, FINISH_SIGN_IN, { challenge, response }, { tenantId: other.tenant.id });
    expect(codesOf(reply)).toEqual(['PASSKEY_INVALID']);
  });

  test('a challenge that is older than five minutes', async () => {
    const { authenticator } = await ceremony.register(person);
    const { challenge, options } = await ceremony.beginSignIn();
    world.clock.advance(300_000);
    expect(codesOf(await finish(challenge, authenticator.get(options)))).toEqual(['PASSKEY_INVALID']);
  });

  test('a challenge that was made for a registration', async () => {
    const { authenticator } = await ceremony.register({ viewer: world.viewerOf(person.id) });
    const { challenge } = await ceremony.beginRegistration(world.viewerOf(person.id));
    expect(codesOf(await finish(challenge, authenticator.get({ challenge, rpId: 'localhost' })))).toEqual([
      'PASSKEY_INVALID',
    ]);
  });

  test('a challenge that nobody gave', async () => {
    const { authenticator } = await ceremony.register({ viewer: world.viewerOf(person.id) });
    const challenge = b64('a challenge of my own, 32 bytes.');
    expect(codesOf(await finish(challenge, authenticator.get({ challenge, rpId: 'localhost' })))).toEqual([
      'PASSKEY_INVALID',
    ]);
  });

  test('a key that nobody registered, and one that was removed', async () => {
    const stranger = new SoftwareAuthenticator(PUBLIC_ORIGIN);
    stranger.create((await ceremony.beginRegistration(world.viewerOf(person.id))).options);
    expect(codesOf(await ceremony.signIn(stranger))).toEqual(['PASSKEY_INVALID']);
    const { authenticator, passkey } = await ceremony.register({ viewer: world.viewerOf(person.id) });
    await world.data(world.viewerOf(person.id), 'mutation($id: ID!) { removePasskey(id: $id) { id } }', {
      id: passkey.id,
    });
    expect(codesOf(await ceremony.signIn(authenticator))).toEqual(['PASSKEY_INVALID']);
  });

  test('a suspended person', async () => {
    const { authenticator } = await ceremony.register({ viewer: world.viewerOf(person.id) });
    await execute("update user_account set status = 'SUSPENDED' where id = ?", [person.id]);
    expect(codesOf(await ceremony.signIn(authenticator))).toEqual(['PASSKEY_INVALID']);
  });

  test.each([
    ['a number', 7],
    ['a text', 'passkey'],
    ['a list', [[]]],
    ['another kind of credential', { id: 'AA', rawId: 'AA', type: 'password', response: {} }],
    ['text that no database takes', { id: '\u0000', rawId: '\u0000', type: 'public-key', response: {} }],
    [
      'client data that is no JSON',
      {
        id: 'AA',
        rawId: 'AA',
        type: 'public-key',
        response: { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA' },
      },
    ],
  ])('instead of an answer: %s', async (_, response) => {
    const { challenge } = await ceremony.beginSignIn();
    expect(codesOf(await finish(challenge, response))).toEqual(['PASSKEY_INVALID']);
  });
});

test('of twenty answers to one challenge one gets in', async () => {
  const { authenticator } = await ceremony.register({ viewer: world.viewerOf(person.id) });
  const { challenge, options } = await ceremony.beginSignIn();
  const answers = Array.from({ length: 20 }, () => authenticator.get(options));
  const replies = await Promise.all(answers.map((response) => finish(challenge, response)));
  expect(replies.flatMap(codesOf)).toEqual(Array(19).fill('PASSKEY_INVALID'));
  expect(replies.filter(({ notes }) => notes?.session)).toHaveLength(1);
});

test('of twenty copies of a key at the same count one gets in', async () => {
  const { authenticator } = await ceremony.register({ viewer: world.viewerOf(person.id) });
  const begun = await Promise.all(Array.from({ length: 20 }, () => ceremony.beginSignIn()));
  const replies = await Promise.all(
    begun.map(({ challenge, options }) => finish(challenge, authenticator.get(options, { counter: 5 }))),
  );
  expect(replies.flatMap(codesOf)).toEqual(Array(19).fill('PASSKEY_INVALID'));
});

test('challenges that nobody answered are swept up', async () => {
  await ceremony.beginSignIn();
  world.clock.advance(400_000);
  const old = world.clock.now();
  for (let n = 0; n < 30; n++) await ceremony.beginSignIn();
  expect(await execute('select id from passkey_challenge where expires_at < ?', [old])).toEqual([]);
});
