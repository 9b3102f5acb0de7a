import { Writable } from 'node:stream';
import type { GraphReply } from '@polity/kernel/graph/transport';
import { createLogger } from '@polity/kernel/log/logger';
import { serviceRequest } from '@polity/kernel/request/acting';
import type { Viewer } from '@polity/kernel/request/context';
import { anonymous } from '@polity/kernel/testing/harness';
import { generate } from 'otplib';
import { acceptedTimeStep } from '../src/domain/mfa/totp.ts';
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
let logged = '';
beforeAll(async () => {
  const stream = new Writable({
    write(chunk, _, done) {
      logged += String(chunk);
      done();
    },
  });
  world = await startIdentity({ log: createLogger({ service: 'test', level: 'trace', stream }) });
});
afterAll(() => world.close());

const BEGIN = 'mutation($c: String) { beginTotpEnrolment(challenge: $c) { secret uri qrSvg } }';
const CONFIRM = 'mutation($code: String!, $c: String) { confirmTotpEnrolment(code: $code, challenge: $c) { codes } }';
const VERIFY = 'mutation($input: VerifyMfaInput!) { verifyMfa(input: $input) { user { id } deviceToken } }';
const REAUTHENTICATE = 'mutation($input: ReauthenticateInput!) { reauthenticate(input: $input) { user { id } } }';
const MFA = '{ me { mfa { enabled totp recoveryCodesLeft required passkeys } trustedDevices { id device } } }';

const code = (secret: string) => generate({ secret, epoch: Math.floor(world.clock.nowMs() / 1000) });
const nextStep = () => world.clock.advance(30_000);

interface Enrolled extends Person {
  secret: string;
  codes: string[];
}

async function enrolled(): Promise<Enrolled> {
  await aTenant(world);
  const person = await aPerson(world);
  const { beginTotpEnrolment } = await world.data<{ beginTotpEnrolment: { secret: string } }>(person.viewer, BEGIN);
  const { secret } = beginTotpEnrolment;
  const { confirmTotpEnrolment } = await world.data<{ confirmTotpEnrolment: { codes: string[] } }>(
    person.viewer,
    CONFIRM,
    { code: await code(secret) },
  );
  nextStep();
  return { ...person, secret, codes: confirmTotpEnrolment.codes };
}

async function firstFactor(
  { email }: Person,
  more: Record<string, unknown> = {},
): Promise<{ challenge: string; methods: string[] }> {
  const { signIn } = await world.data<{ signIn: { challenge: string; methods: string[] } }>(anonymous, SIGN_IN, {
    email,
    password: PASSWORD,
    ...more,
  });
  return signIn;
}

const verify = (input: Record<string, unknown>): Promise<GraphReply> => world.gql(anonymous, VERIFY, { input });

describe('the time step of a code', () => {
  // RFC 6238, appendix B, SHA-1, cut to six digits.
  const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('at %i s the code of RFC 6238 is %s', async (seconds, expected) => {
    const step = Math.floor(seconds / 30);
    expect(await acceptedTimeStep(SECRET, expected, seconds * 1000, null)).toBe(step);
    expect(await acceptedTimeStep(SECRET, expected, (seconds + 30) * 1000, null)).toBe(step);
    expect(await acceptedTimeStep(SECRET, expected, (seconds + 60) * 1000, null)).toBeNull();
    expect(await acceptedTimeStep(SECRET, expected, (seconds - 30) * 1000, null)).toBeNull();
    expect(await acceptedTimeStep(SECRET, expected, seconds * 1000, step)).toBeNull();
  });

  test.each(['', '12345', '1234567', 'abcdef', '28708２'])('%j is no code', async (text) => {
    expect(await acceptedTimeStep(SECRET, text, 59_000, null)).toBeNull();
  });
});

describe('enrolment', () => {
  test('an app counts once its first code was right, and raises the session', async () => {
    await aTenant(world);
    const person = await aPerson(world);
    const { beginTotpEnrolment: begun } = await world.data<{
      beginTotpEnrolment: Record<'secret' | 'uri' | 'qrSvg', string>;
    }>(person.viewer, BEGIN);
    expect(begun.uri).toContain(`secret=${begun.secret}`);
    expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(begun.qrSvg).toMatch(/^<svg/);
    expect(await world.gql(anonymous, SIGN_IN, { email: person.email, password: PASSWORD })).toMatchObject({
      data: { signIn: { __typename: 'SignedIn' } },
    });
    expect(codesOf(await world.gql(person.viewer, CONFIRM, { code: '000000' }))).toEqual(['INVALID_CREDENTIALS']);
    const reply = await world.gql(person.viewer, CONFIRM, { code: await code(begun.secret) });
    const { codes } = (reply.data as { confirmTotpEnrolment: { codes: string[] } }).confirmTotpEnrolment;
    expect(new Set(codes).size).toBe(10);
    for (const one of codes) expect(one).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
    expect(reply.notes?.session).toMatchObject({ kind: 'stepUp', acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] });
    expect((await world.data<{ me: unknown }>(person.viewer, MFA)).me).toEqual({
      mfa: { enabled: true, totp: true, recoveryCodesLeft: 10, required: false, passkeys: 0 },
      trustedDevices: [],
    });
    expect(world.mails(person.email)[0]!.subject).toBe('Two-step sign-in is on');
    expect(codesOf(await world.gql(person.viewer, BEGIN))).toEqual(['CONFLICT']);
  });

  test('it needs a fresh session', async () => {
    await aTenant(world);
    const person = await aPerson(world);
    world.clock.advance(16 * 60_000);
    expect(codesOf(await world.gql(person.viewer, BEGIN))).toEqual(['STEP_UP_REQUIRED']);
    expect(codesOf(await world.gql(anonymous, BEGIN))).toEqual(['UNAUTHENTICATED']);
  });

  test('secret and codes lie in the database sealed and hashed, and reach no log', async () => {
    const person = await enrolled();
    const em = world.subgraph('identity').runtime.em(null);
    const rows = JSON.stringify([
      await em.execute('select * from totp_factor'),
      await em.execute('select * from recovery_code'),
    ]);
    const canaries = [person.secret, ...person.codes, ...person.codes.map((one) => one.replaceAll('-', '')), PASSWORD];
    for (const secret of canaries) {
      expect(rows).not.toContain(secret);
      expect(logged).not.toContain(secret);
    }
    expect(logged).toContain('mail kept');
    expect(logged).not.toMatch(/polity_(ac|pr|ml|em|mf|td|in)_/);
  });

  test('a sealed secret opens at its own row only', async () => {
    const { secrets } = world.ports;
    const sealed = secrets.seal('seed', 'totp_factor.sealed_secret:a');
    expect(secrets.open(sealed, 'totp_factor.sealed_secret:a')).toBe('seed');
    expect(() => secrets.open(sealed, 'totp_factor.sealed_secret:b')).toThrow('belongs somewhere else');
  });
});

test('a rotation seals every secret with the newest key, and codes go on working', async () => {
  const person = await enrolled();
  const { rotateSecrets } = await import('../src/domain/mfa/totp.service.ts');
  const { secretBox } = await import('../src/secrets.ts');
  const em = world.subgraph('identity').runtime.em(null);
  const newest = secretBox(world.platform.masterSecret, ['k2', 'k1']);
  expect(await rotateSecrets(em, newest)).toBeGreaterThan(0);
  expect(await rotateSecrets(em, newest)).toBe(0);
  const [row] = await em.execute<{ id: string; sealed_secret: string }[]>(
    'select id, sealed_secret from totp_factor where user_id = ?',
    [person.id],
  );
  const place = `totp_factor.sealed_secret:${row!.id}`;
  expect(secretBox(world.platform.masterSecret, ['k2']).open(row!.sealed_secret, place)).toBe(person.secret);
  expect(() => world.ports.secrets.open(row!.sealed_secret, place)).toThrow('key of this envelope is not there');
  expect(await rotateSecrets(em, secretBox(world.platform.masterSecret, ['k1', 'k2']))).toBeGreaterThan(0);
});

describe('signing in', () => {
  test('password or link alone get no session', async () => {
    const person = await enrolled();
    const reply = await world.gql(anonymous, SIGN_IN, { email: person.email, password: PASSWORD });
    expect(reply.notes?.session).toBeUndefined();
    expect(reply.data).toMatchObject({ signIn: { __typename: 'MfaRequired', methods: ['TOTP', 'RECOVERY_CODE'] } });
    await world.data(anonymous, 'mutation($e: String!) { requestMagicLink(email: $e) }', { e: person.email });
    const link = await world.gql(anonymous, 'mutation($t: String!) { signInWithMagicLink(token: $t) { __typename } }', {
      t: world.mailedToken(person.email),
    });
    expect(link.notes?.session).toBeUndefined();
    expect(link.data).toEqual({ signInWithMagicLink: { __typename: 'MfaRequired' } });
  });

  test('a right code signs in at the second level, once', async () => {
    const person = await enrolled();
    const { challenge } = await firstFactor(person);
    const totp = await code(person.secret);
    const reply = await verify({ challenge, totp });
    expect(reply.notes?.session).toMatchObject({
      kind: 'start',
      userId: person.id,
      amr: ['pwd', 'otp', 'mfa'],
      acr: 'aal2',
    });
    const again = await firstFactor(person);
    expect(codesOf(await verify({ challenge: again.challenge, totp }))).toEqual(['INVALID_CREDENTIALS']);
    expect(codesOf(await verify({ challenge, totp: await code(person.secret) }))).toEqual(['TOKEN_INVALID']);
  });

  test('of twenty uses of one code, and of one recovery code, exactly one succeeds', async () => {
    const person = await enrolled();
    const many = async (input: Record<string, string>) => {
      const challenges = await Promise.all(Array.from({ length: 4 }, () => firstFactor(person)));
      return (await Promise.all(challenges.map(({ challenge }) => verify({ challenge, ...input })))).filter(
        ({ errors }) => !errors,
      );
    };
    world.ports.throttle.take = async () => {};
    try {
      expect(await many({ totp: await code(person.secret) })).toHaveLength(1);
      expect(await many({ recoveryCode: person.codes[0]! })).toHaveLength(1);
      const { proveTotp } = await import('../src/domain/mfa/totp.service.ts');
      const { useCode } = await import('../src/domain/mfa/recovery-codes.service.ts');
      nextStep();
      const ctx = world.subgraph('identity').open(serviceRequest('identity', null)) as never;
      const totp = await code(person.secret);
      expect(
        (await Promise.all(Array.from({ length: 20 }, () => proveTotp(ctx, person.id, totp)))).filter(Boolean),
      ).toHaveLength(1);
      expect(
        (await Promise.all(Array.from({ length: 20 }, () => useCode(ctx, person.id, person.codes[1]!)))).filter(
          Boolean,
        ),
      ).toHaveLength(1);
    } finally {
      const { createThrottle } = await import('../src/domain/throttle/throttle.ts');
      world.ports.throttle.take = createThrottle(world.platform.kv, world.clock).take;
    }
  });

  test('a code may be typed in groups', async () => {
    const person = await enrolled();
    const typed = (await code(person.secret)).replace(/^(...)/, ' $1 ');
    expect((await verify({ challenge: (await firstFactor(person)).challenge, totp: typed })).errors).toBeUndefined();
  });

  test('a right password is no failed try, even where nobody goes on', async () => {
    const person = await enrolled();
    for (let time = 0; time < 30; time++) await firstFactor(person);
    const { challenge } = await firstFactor(person);
    expect((await verify({ challenge, totp: await code(person.secret) })).errors).toBeUndefined();
  });

  test('a challenge that is spent speaks of a sign-in, not of a link', async () => {
    const person = await enrolled();
    const { challenge } = await firstFactor(person);
    await verify({ challenge, totp: await code(person.secret) });
    const [error] = (await verify({ challenge, totp: await code(person.secret) })).errors ?? [];
    expect([error?.extensions?.code, error?.message]).toEqual([
      'TOKEN_INVALID',
      'This sign-in is not valid any more. Sign in again.',
    ]);
  });

  test('a recovery code may be typed badly, is good once, and the person is told', async () => {
    const person = await enrolled();
    const typed = person.codes[3]!.toUpperCase().replaceAll('-', ' ');
    expect(
      (await verify({ challenge: (await firstFactor(person)).challenge, recoveryCode: typed })).errors,
    ).toBeUndefined();
    expect(world.mails(person.email)[0]!.text).toContain('Codes that are left: 9');
    expect(
      codesOf(await verify({ challenge: (await firstFactor(person)).challenge, recoveryCode: person.codes[3]! })),
    ).toEqual(['INVALID_CREDENTIALS']);
  });

  test('wrong codes count, and a right password does not clear them', async () => {
    const person = await enrolled();
    const codes = [];
    for (let n = 0; n < 7; n++) {
      const reply = await world.gql(anonymous, SIGN_IN, { email: person.email, password: PASSWORD });
      const { challenge } = ((reply.data as { signIn: { challenge: string } | null }).signIn ?? {}) as {
        challenge?: string;
      };
      codes.push(...codesOf(reply), ...(challenge ? codesOf(await verify({ challenge, totp: '000000' })) : []));
    }
    expect(codes).toEqual([...Array(5).fill('INVALID_CREDENTIALS'), 'RATE_LIMITED', 'RATE_LIMITED']);
  });

  test('exactly one factor must be given, and a challenge ends after five minutes', async () => {
    const person = await enrolled();
    const { challenge } = await firstFactor(person);
    expect(codesOf(await verify({ challenge }))).toEqual(['VALIDATION_ERROR']);
    expect(codesOf(await verify({ challenge, totp: '1', recoveryCode: 'a' }))).toEqual(['VALIDATION_ERROR']);
    world.clock.advance(5 * 60_000);
    expect(codesOf(await verify({ challenge, totp: await code(person.secret) }))).toEqual(['TOKEN_INVALID']);
  });

  test('a reset of the password leaves the second factor', async () => {
    const person = await enrolled();
    await world.data(anonymous, 'mutation($e: String!) { requestPasswordReset(email: $e) }', { e: person.email });
    await world.data(
      anonymous,
      'mutation($t: String!) { resetPassword(token: $t, newPassword: "another long passphrase") }',
      { t: world.mailedToken(person.email) },
    );
    const reply = await world.gql(anonymous, SIGN_IN, { email: person.email, password: 'another long passphrase' });
    expect(reply.data).toMatchObject({ signIn: { __typename: 'MfaRequired' } });
  });
});

describe('trusted devices', () => {
  const WITH_TOKEN =
    'mutation($email: String!, $password: String!, $deviceToken: String) { signIn(input: { email: $email, password: $password, deviceToken: $deviceToken }) { __typename } }';
  const signIn = async (person: Person, deviceToken: string | null) =>
    (await world.gql(anonymous, WITH_TOKEN, { email: person.email, password: PASSWORD, deviceToken })).data;

  async function trusting(): Promise<Enrolled & { deviceToken: string }> {
    const person = await enrolled();
    const { challenge } = await firstFactor(person);
    const reply = await verify({ challenge, totp: await code(person.secret), rememberDevice: true });
    return { ...person, deviceToken: (reply.data as { verifyMfa: { deviceToken: string } }).verifyMfa.deviceToken };
  }

  test('the second factor is not asked for on them for thirty days, and on no others', async () => {
    const person = await trusting();
    const other = await trusting();
    expect(await signIn(person, person.deviceToken)).toEqual({ signIn: { __typename: 'SignedIn' } });
    expect(await signIn(person, other.deviceToken)).toEqual({ signIn: { __typename: 'MfaRequired' } });
    expect(await signIn(person, null)).toEqual({ signIn: { __typename: 'MfaRequired' } });
    world.clock.advance(30 * 24 * 3600_000);
    expect(await signIn(person, person.deviceToken)).toEqual({ signIn: { __typename: 'MfaRequired' } });
  });

  test('they end with a password reset', async () => {
    const person = await trusting();
    await world.data(anonymous, 'mutation($e: String!) { requestPasswordReset(email: $e) }', { e: person.email });
    const reset = 'mutation($t: String!, $p: String!) { resetPassword(token: $t, newPassword: $p) }';
    await world.data(anonymous, reset, { t: world.mailedToken(person.email), p: PASSWORD });
    expect(await signIn(person, person.deviceToken)).toEqual({ signIn: { __typename: 'MfaRequired' } });
  });

  test('they are listed and revoked by their person only', async () => {
    const person = await trusting();
    const { me } = await world.data<{ me: { trustedDevices: { id: string }[] } }>(person.viewer, MFA);
    expect(me.trustedDevices).toMatchObject([{ device: 'test' }]);
    const revoke = 'mutation($id: ID!) { revokeTrustedDevice(id: $id) { id device expiresAt } }';
    const stranger = await aPerson(world);
    expect(codesOf(await world.gql(stranger.viewer, revoke, { id: me.trustedDevices[0]!.id }))).toEqual(['NOT_FOUND']);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world.gql(person.viewer, revoke, { id: me.trustedDevices[0]!.id })),
    );
    expect(answers.flatMap(codesOf)).toEqual(Array(19).fill('NOT_FOUND'));
    expect(answers.find(({ errors }) => !errors)?.data).toMatchObject({
      revokeTrustedDevice: { id: me.trustedDevices[0]!.id },
    });
    expect(await signIn(person, person.deviceToken)).toEqual({ signIn: { __typename: 'MfaRequired' } });
  });
});

describe('a tenant that wants a second factor', () => {
  test('lets nobody in without one, but lets them enrol on the way in', async () => {
    const place = await aTenant(world);
    const person = await aPerson(world);
    await world.data(place.owner.viewer, 'mutation { updateTenant(input: { mfaRequired: true }) { mfaRequired } }');
    const { challenge, methods } = await firstFactor(person);
    expect(methods).toEqual([]);
    const { beginTotpEnrolment } = await world.data<{ beginTotpEnrolment: { secret: string } }>(anonymous, BEGIN, {
      c: challenge,
    });
    const reply = await world.gql(anonymous, CONFIRM, { code: await code(beginTotpEnrolment.secret), c: challenge });
    expect(reply.notes?.session).toMatchObject({ kind: 'start', userId: person.id, acr: 'aal2' });
    expect(codesOf(await world.gql(person.viewer, 'mutation { disableTotp }'))).toEqual(['CONFLICT']);
  });

  test('a challenge of an account with a factor cannot replace that factor', async () => {
    const person = await enrolled();
    const { challenge } = await firstFactor(person);
    expect(codesOf(await world.gql(anonymous, BEGIN, { c: challenge }))).toEqual(['CONFLICT']);
  });
});

describe('changes', () => {
  test('disabling ends other sessions and brings back the password alone', async () => {
    const person = await enrolled();
    const reply = await world.gql(person.viewer, 'mutation { disableTotp }');
    expect(reply.notes?.session).toEqual({ kind: 'endOthers', userId: person.id });
    expect(await world.gql(anonymous, SIGN_IN, { email: person.email, password: PASSWORD })).toMatchObject({
      data: { signIn: { __typename: 'SignedIn' } },
    });
    expect(codesOf(await world.gql(person.viewer, 'mutation { disableTotp }'))).toEqual(['CONFLICT']);
    expect(codesOf(await world.gql(person.viewer, 'mutation { regenerateRecoveryCodes { codes } }'))).toEqual([
      'CONFLICT',
    ]);
  });

  test('new recovery codes end the old ones', async () => {
    const person = await enrolled();
    const { regenerateRecoveryCodes } = await world.data<{ regenerateRecoveryCodes: { codes: string[] } }>(
      person.viewer,
      'mutation { regenerateRecoveryCodes { codes } }',
    );
    expect(
      codesOf(await verify({ challenge: (await firstFactor(person)).challenge, recoveryCode: person.codes[0]! })),
    ).toEqual(['INVALID_CREDENTIALS']);
    expect(
      (
        await verify({
          challenge: (await firstFactor(person)).challenge,
          recoveryCode: regenerateRecoveryCodes.codes[0]!,
        })
      ).errors,
    ).toBeUndefined();
  });
});

describe('reauthenticate', () => {
  const reauthenticate = (viewer: Viewer, input: Record<string, string>) =>
    world.gql(viewer, REAUTHENTICATE, { input });

  test('a right password does not make guessing codes free', async () => {
    const person = await enrolled();
    const codes: unknown[] = [];
    for (let n = 0; n < 8; n++)
      codes.push(...codesOf(await reauthenticate(person.viewer, { password: PASSWORD, totp: '000000' })));
    expect(codes.filter((given) => given === 'INVALID_CODE').length).toBeLessThanOrEqual(5);
    expect(codes).toContain('RATE_LIMITED');
  });

  test('the password is enough without a second factor, and freshens the session', async () => {
    await aTenant(world);
    const person = await aPerson(world);
    world.clock.advance(3600_000);
    const reply = await reauthenticate(person.viewer, { password: PASSWORD });
    expect(reply.notes?.session).toEqual({
      kind: 'stepUp',
      userId: person.id,
      amr: ['pwd'],
      acr: 'aal1',
      authTime: Math.floor(world.clock.nowMs() / 1000),
    });
    expect(codesOf(await reauthenticate(person.viewer, { password: 'not the right passphrase' }))).toEqual([
      'INVALID_CREDENTIALS',
    ]);
    expect(codesOf(await reauthenticate(person.viewer, {}))).toEqual(['VALIDATION_ERROR']);
    expect(codesOf(await reauthenticate(anonymous, { password: PASSWORD }))).toEqual(['UNAUTHENTICATED']);
  });

  test('with a second factor both are asked for', async () => {
    const person = await enrolled();
    expect(codesOf(await reauthenticate(person.viewer, { password: PASSWORD }))).toEqual(['VALIDATION_ERROR']);
    const reply = await reauthenticate(person.viewer, { password: PASSWORD, totp: await code(person.secret) });
    expect(reply.notes?.session).toMatchObject({ kind: 'stepUp', amr: ['pwd', 'otp', 'mfa'], acr: 'aal2' });
  });
});
