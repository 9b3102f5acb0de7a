import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { addressBlock } from '@polity/kernel/request/address-block';
import {
  generateAuthenticationOptions,
  type VerifiedAuthenticationResponse,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import type { Context } from '../../context.ts';
import { record } from '../audit/audit.service.ts';
import type { AuthMethod } from '../session/session.service.ts';
import { completeSignIn, type SignedIn } from '../session/sign-in.service.ts';
import { User } from '../user/user.entity.ts';
import { Passkey } from './passkey.entity.ts';
import { PasskeyInvalid } from './passkey.errors.ts';
import { originsOf } from './passkey.queries.ts';
import { type Answer, type AssertionAnswer, readAssertion } from './passkey.response.ts';
import { CHALLENGE_MS, type ChallengeHolder, consumeChallenge, issueChallenge } from './passkey-challenge.service.ts';
import type { PasskeyOptions } from './passkey-registration.service.ts';
import { isHandleOf } from './relying-party.ts';

/** Challenges per hour for one address block; a page with conditional UI asks for one each time it opens. */
const CHALLENGES_PER_HOUR = 1200;
const HOLDER: ChallengeHolder = { purpose: 'ASSERTION', userId: null, sessionId: null };

/** Possession of the key and verification of its user: two factors at once (NIST SP 800-63B 2.2.1, RFC 8176). */
export const PASSKEY_METHODS: AuthMethod[] = ['hwk', 'user', 'mfa'];

type Verified = VerifiedAuthenticationResponse['authenticationInfo'];

/**
 * What the browser needs to sign in with any passkey of this installation. It names no key, and so is the same whoever is meant to sign
 * in and whether they exist or not.
 */
export async function beginSignIn(ctx: Context): Promise<PasskeyOptions> {
  if (ctx.request.address) await ctx.throttle.limit('passkey', addressBlock(ctx.request.address), CHALLENGES_PER_HOUR);
  const challenge = await issueChallenge(ctx, HOLDER);
  const options = await generateAuthenticationOptions({
    rpID: ctx.relyingParty.id,
    challenge: Uint8Array.from(Buffer.from(challenge, 'base64url')),
    timeout: CHALLENGE_MS,
    userVerification: 'required',
    allowCredentials: [],
  });
  return { challenge, options };
}

/** What is wrong with the passkey for this answer, before any signature is looked at; null for nothing. */
function mismatch(passkey: Passkey, { answer, framed }: Answer<AssertionAnswer>, userId: string | null): string | null {
  const { userHandle } = answer.response;
  if (framed) return 'place: a frame of another origin';
  if (userId !== null && passkey.userId !== userId) return 'owner';
  // Whoever has not said who they are is named by the authenticator, and by nothing else (WebAuthn L3 7.2 step 6).
  if (userHandle ? !isHandleOf(passkey.userId, userHandle) : userId === null) return 'user handle';
  return null;
}

const refused = (cause: string) => new PasskeyInvalid(new Error(cause));

async function verify(ctx: Context, passkey: Passkey, answer: AssertionAnswer, challenge: string): Promise<Verified> {
  const { userHandle, ...response } = answer.response;
  const { credentialId: id, counter, transports } = passkey;
  const expectedOrigin = await originsOf(ctx);
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: { ...answer, clientExtensionResults: {}, response: { ...response, ...(userHandle && { userHandle }) } },
    expectedChallenge: challenge,
    expectedOrigin,
    expectedRPID: passkey.rpId,
    credential: { id, publicKey: Uint8Array.from(passkey.publicKey), counter, transports },
    requireUserVerification: true,
  }).catch((error: unknown) => {
    throw new PasskeyInvalid(error);
  });
  if (!verified) throw refused('the signature is not that of the passkey');
  // Fixed for the life of a key (WebAuthn L3 7.2 step 19).
  if ((authenticationInfo.credentialDeviceType === 'multiDevice') !== passkey.backupEligible)
    throw refused('backup eligibility changed');
  return authenticationInfo;
}

const USE = `update passkey set counter = ?, backed_up = ?, last_used_at = ? where id = ? and (counter < ? or (counter = 0 and ? = 0))
  and exists (select 1 from user_account u where u.id = user_id and u.status = 'ACTIVE') returning id`;

/** Moves the counter forward in one statement, so that of two clones at the same count one gets in. */
async function markUsed(
  tx: EntityManager,
  ctx: Context,
  passkey: Passkey,
  { newCounter, credentialBackedUp }: Verified,
): Promise<void> {
  const rows = await tx.execute<{ id: string }[]>(USE, [
    newCounter,
    credentialBackedUp,
    ctx.clock.now(),
    passkey.id,
    newCounter,
    newCounter,
  ]);
  if (rows.length !== 1) throw refused('the counter did not move forward, or the account is not active');
}

/** Why goes to the audit log only; a counter that stood still, for instance, means that a copy of the key exists. */
async function recordFailure(ctx: Context, passkey: Passkey | null, { cause }: PasskeyInvalid): Promise<void> {
  const why = cause instanceof Error ? cause.message.replaceAll(/"[^"]*"/g, '…').slice(0, 200) : null;
  await write(ctx, async (tx) => {
    record(tx, ctx, {
      type: 'authn_login_fail',
      userId: passkey?.userId ?? null,
      data: { method: 'hwk', passkeyId: passkey?.id ?? null, why },
    });
  });
}

async function accept(ctx: Context, userId: string | null, given: Answer<AssertionAnswer>): Promise<User> {
  const { answer, challenge } = given;
  const passkey = await ctx.em.fork().findOne(Passkey, { credentialId: answer.id });
  try {
    if (!passkey) throw refused('unknown passkey');
    const problem = mismatch(passkey, given, userId);
    if (problem) throw refused(`wrong ${problem}`);
    const info = await verify(ctx, passkey, answer, challenge);
    return await write(ctx, async (tx) => {
      await markUsed(tx, ctx, passkey, info);
      return tx.findOneOrFail(User, passkey.userId);
    });
  } catch (error) {
    if (error instanceof PasskeyInvalid) await recordFailure(ctx, passkey, error);
    throw error;
  }
}

/**
 * Checks an assertion made for a challenge of `beginSignIn` and uses the challenge up; the person is returned. With a `userId` only that
 * person's passkeys count: a second factor, or a step-up. Without a `challenge` the one that the browser says it signed is taken. Throws
 * PasskeyInvalid for every cause alike.
 */
export async function verifyPasskeyAssertion(
  ctx: Context,
  userId: string | null,
  response: unknown,
  challenge?: string | null,
): Promise<User> {
  const read = readAssertion(response);
  const given = { ...read, challenge: challenge ?? read.challenge };
  await consumeChallenge(ctx, given.challenge, HOLDER);
  return accept(ctx, userId, given);
}

/** Signs in with a discoverable passkey. Its user was verified, so no second factor is asked for. */
export async function finishSignIn(ctx: Context, input: { challenge: string; response: unknown }): Promise<SignedIn> {
  const user = await verifyPasskeyAssertion(ctx, null, input.response, input.challenge);
  return completeSignIn(ctx, user, PASSKEY_METHODS);
}
