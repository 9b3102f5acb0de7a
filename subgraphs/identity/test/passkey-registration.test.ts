import { anonymous } from '@polity/kernel/testing/harness';
import {
  aPerson,
  aTenant,
  codesOf,
  fieldsOf,
  type IdentityWorld,
  type Person,
  type Place,
  startIdentity,
} from './harness.ts';
import { BEGIN, ceremonies, FINISH, PUBLIC_ORIGIN } from './passkey-ceremony.ts';
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
const count = async () =>
  (await execute<{ n: number }>('select count(*)::int as n from passkey where user_id = ?', [person.id]))[0]?.n;
const authenticator = () => new SoftwareAuthenticator(PUBLIC_ORIGIN);
const finish = (response: unknown, viewer = person.viewer, name?: string) =>
  world.gql(viewer, FINISH, { response, name });

test('nobody registers a passkey without a fresh session of a person', async () => {
  const { options } = await ceremony.beginRegistration(person.viewer);
  const response = authenticator().create(options);
  const stale = { ...person.viewer, authTime: Math.floor(world.clock.nowMs() / 1000) - 901 };
  for (const [viewer, code] of [
    [anonymous, 'UNAUTHENTICATED'],
    [stale, 'STEP_UP_REQUIRED'],
    [{ ...person.viewer, sessionId: null }, 'FORBIDDEN'],
  ] as const) {
    expect(codesOf(await world.gql(viewer, BEGIN))).toEqual([code]);
    expect(codesOf(await finish(response, viewer))).toEqual([code]);
  }
  expect((await finish(response)).errors).toBeUndefined();
});

test('the options pin algorithms, want a resident key and a verified user, and ask for no attestation', async () => {
  const { challenge, options } = await ceremony.beginRegistration(person.viewer);
  expect(options).toMatchObject({
    challenge,
    rp: { id: 'localhost', name: 'Polity' },
    user: {
      name: person.email,
      displayName: person.username,
      id: Buffer.from(person.id.replaceAll('-', ''), 'hex').toString('base64url'),
    },
    pubKeyCredParams: [-8, -7, -257].map((alg) => ({ alg, type: 'public-key' })),
    attestation: 'none',
    excludeCredentials: [],
    timeout: 300_000,
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  });
});

test('a passkey is kept, mailed about and recorded', async () => {
  const { passkey } = await ceremony.register(person, { transports: ['usb', 'made-up'] });
  expect(passkey).toMatchObject({ name: 'Security key', synced: false, lastUsedAt: null });
  expect(world.mails(person.email)[0]).toMatchObject({
    subject: 'A passkey was added',
    text: expect.stringContaining('Security key'),
  });
  const [row] = await execute('select transports, counter, aaguid, rp_id, credential_id from passkey where id = ?', [
    passkey.id,
  ]);
  expect(row).toMatchObject({
    transports: ['usb'],
    aaguid: '00000000-0000-0000-0000-000000000000',
    rp_id: 'localhost',
    credential_id: passkey.credentialId,
  });
  const [entry] = await execute('select type, user_id, data from audit_entry order by id desc limit 1', []);
  expect(entry).toMatchObject({ type: 'passkey_registered', user_id: person.id, data: { passkeyId: passkey.id } });
});

test('the name is the given one, within bounds', async () => {
  const { options } = await ceremony.beginRegistration(person.viewer);
  const response = authenticator().create(options);
  for (const name of ['x'.repeat(61), 'a\u202Eb'])
    expect(fieldsOf(await finish(response, person.viewer, name))).toEqual(['name']);
  const reply = await finish(response, person.viewer, '  My phone ');
  expect(reply.data).toMatchObject({ finishPasskeyRegistration: { name: 'My phone' } });
});

test('an authenticator that holds a passkey of the account is asked not to make another', async () => {
  const { authenticator: same, passkey } = await ceremony.register(person);
  const { options } = await ceremony.beginRegistration(person.viewer);
  expect(options.excludeCredentials).toEqual([
    { id: passkey.credentialId, type: 'public-key', transports: ['internal'] },
  ]);
  expect(() => same.create(options)).toThrow('InvalidStateError');
});

const b64 = (text: string) => Buffer.from(text).toString('base64url');
const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
const refusals: [string, Behaviour][] = [
  ['another challenge', { challenge: b64('another challenge, 32 bytes long') }],
  ['the origin of another site', { origin: 'https://polity.example' }],
  ['the origin of a sibling tenant', { origin: 'http://t-sibling.localhost:4000' }],
  ['a relying party that is not ours', { rpId: 'polity.example' }],
  ['a user who was not verified', { userVerified: false }],
  ['a user who was not there', { userPresent: false }],
  ['an algorithm that was not offered', { algorithm: 'ES384' }],
  ['a ceremony in a frame of another origin', { crossOrigin: true }],
  ['an answer meant for sign-in', { type: 'webauthn.get' }],
  [
    'a certificate that nobody asked for',
    { attestation: { format: 'packed', statement: new Map([['x5c', bytes('certificate')]]) } },
  ],
  [
    'an attestation of another format',
    { attestation: { format: 'android-safetynet', statement: new Map([['ver', '1']]) } },
  ],
  [
    'a self-attestation with a wrong signature',
    {
      attestation: {
        format: 'packed',
        statement: new Map<string, number | Uint8Array>([
          ['alg', -7],
          ['sig', bytes('signature')],
        ]),
      },
    },
  ],
];

test.each(refusals)('refused: %s', async (_, behaviour) => {
  const { options } = await ceremony.beginRegistration(person.viewer);
  expect(codesOf(await finish(authenticator().create(options, behaviour)))).toEqual(['PASSKEY_INVALID']);
  expect(await count()).toBe(0);
});

test('the origin of the own tenant is taken', async () => {
  const { passkey } = await ceremony.register(person, { origin: `http://${place.slug}.localhost:4000` });
  expect(passkey.id).toBeTruthy();
});

test('a challenge is good for five minutes, one answer, this person and this session', async () => {
  const { options } = await ceremony.beginRegistration(person.viewer);
  const other = await aPerson(world);
  const response = authenticator().create(options);
  expect(codesOf(await finish(response, other.viewer))).toEqual(['PASSKEY_INVALID']);
  expect(codesOf(await finish(response, world.viewerOf(person.id)))).toEqual(['PASSKEY_INVALID']);
  expect((await finish(response)).errors).toBeUndefined();
  expect(codesOf(await finish(response))).toEqual(['PASSKEY_INVALID']);
  const late = await ceremony.beginRegistration(person.viewer);
  world.clock.advance(300_000);
  expect(codesOf(await finish(authenticator().create(late.options)))).toEqual(['PASSKEY_INVALID']);
});

test('a wrong answer uses the challenge up', async () => {
  const { options } = await ceremony.beginRegistration(person.viewer);
  expect(codesOf(await finish(authenticator().create(options, { userVerified: false })))).toEqual(['PASSKEY_INVALID']);
  expect(codesOf(await finish(authenticator().create(options)))).toEqual(['PASSKEY_INVALID']);
});

test('a challenge of the sign-in page registers nothing', async () => {
  const { options } = await ceremony.beginRegistration(person.viewer);
  const { challenge } = await ceremony.beginSignIn();
  expect(codesOf(await finish(authenticator().create(options, { challenge })))).toEqual(['PASSKEY_INVALID']);
});

test('of twenty answers to one challenge one is kept', async () => {
  const { options } = await ceremony.beginRegistration(person.viewer);
  const replies = await Promise.all(Array.from({ length: 20 }, () => finish(authenticator().create(options))));
  expect(replies.flatMap(codesOf)).toEqual(Array(19).fill('PASSKEY_INVALID'));
  expect(await count()).toBe(1);
});

test('one key belongs to one account', async () => {
  const { passkey } = await ceremony.register(person);
  const other = await aPerson(world);
  const { options } = await ceremony.beginRegistration(other.viewer);
  const fresh = authenticator();
  const response = fresh.create(options);
  await execute('update passkey set credential_id = ? where id = ?', [fresh.credentials[0]?.id, passkey.id]);
  expect(codesOf(await finish(response, other.viewer))).toEqual(['ALREADY_EXISTS']);
});

test('an account has at most twenty passkeys, also when they come at once', async () => {
  await ceremony.register(person);
  await execute(
    `insert into passkey select gen_random_uuid(), created_at, user_id, credential_id || n, public_key, counter, transports, backup_eligible, backed_up, aaguid, rp_id, name, null
     from passkey, generate_series(1, 17) n where user_id = ?`,
    [person.id],
  );
  const begun = await Promise.all(Array.from({ length: 5 }, () => ceremony.beginRegistration(person.viewer)));
  const replies = await Promise.all(
    begun.map(({ options }) => finish(authenticator().create({ ...options, excludeCredentials: [] }))),
  );
  expect(replies.flatMap(codesOf)).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT']);
  expect(await count()).toBe(20);
  expect(codesOf(await world.gql(person.viewer, BEGIN))).toEqual(['CONFLICT']);
});
