import type { EntityManager } from '@mikro-orm/postgresql';
import { checked, orNone } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { Forbidden } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { quotedName } from '@polity/kernel/text/names';
import {
  generateRegistrationOptions,
  type VerifiedRegistrationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { notify } from '../../mails/notify.ts';
import { record } from '../audit/audit.service.ts';
import type { User } from '../user/user.entity.ts';
import { displayName } from '../user/user.input.ts';
import { viewerIdOf } from '../viewer-rights.ts';
import { Passkey } from './passkey.entity.ts';
import { PasskeyInvalid, passkeyErrors, TooManyPasskeys } from './passkey.errors.ts';
import { lockAccount, originsOf } from './passkey.queries.ts';
import { knownTransports, type RegistrationAnswer, readRegistration } from './passkey.response.ts';
import { CHALLENGE_MS, type ChallengeHolder, consumeChallenge, issueChallenge } from './passkey-challenge.service.ts';
import { userHandleOf } from './relying-party.ts';

/** EdDSA, ES256, RS256: pinned, because the library's default depends on the Node it runs on. */
const ALGORITHMS = [-8, -7, -257];
export const MAX_PASSKEYS = 20;

export interface PasskeyOptions {
  challenge: string;
  /** As `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` takes them. */
  options: object;
}

type Registered = NonNullable<VerifiedRegistrationResponse['registrationInfo']>;

/** Who registers: bound to the session, so that a token taken from elsewhere cannot add a way in. Throws Forbidden without a session. */
function holderOf(ctx: Context): ChallengeHolder & { userId: string } {
  const userId = viewerIdOf(ctx);
  const { sessionId } = ctx.viewer;
  if (!sessionId) throw new Forbidden('Passkeys are registered in a signed-in browser session.');
  return { purpose: 'REGISTRATION', userId, sessionId };
}

/** What the browser needs to make a passkey for the viewer; good once, in this session, for five minutes. */
export async function beginRegistration(ctx: Context): Promise<PasskeyOptions> {
  const holder = holderOf(ctx);
  const { user, known } = await write(ctx, async (tx) => {
    const account = await lockAccount(tx, holder.userId);
    return { user: account, known: await tx.find(Passkey, { userId: account.id }) };
  });
  if (known.length >= MAX_PASSKEYS) throw new TooManyPasskeys(MAX_PASSKEYS);
  const challenge = await issueChallenge(ctx, holder);
  const options = await generateRegistrationOptions({
    rpID: ctx.relyingParty.id,
    rpName: ctx.relyingParty.name,
    userID: userHandleOf(user.id),
    userName: user.email ?? user.username,
    userDisplayName: user.displayName,
    challenge: Uint8Array.from(Buffer.from(challenge, 'base64url')),
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
  return { challenge, options };
}

async function verified(ctx: Context, answer: RegistrationAnswer, challenge: string): Promise<Registered> {
  const expectedOrigin = await originsOf(ctx);
  const result = await verifyRegistrationResponse({
    response: { ...answer, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin,
    expectedRPID: ctx.relyingParty.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((error: unknown) => {
    throw new PasskeyInvalid(error);
  });
  if (!result.verified || !result.registrationInfo) throw new PasskeyInvalid();
  return result.registrationInfo;
}

function nameOf(given: string | null | undefined, transports: readonly string[]): string {
  const { name } = checked(z.object({ name: orNone(displayName) }), { name: given });
  return name ?? (transports.includes('usb') || transports.includes('nfc') ? 'Security key' : 'Passkey');
}

type NewPasskey = Pick<Passkey, 'name' | 'transports' | 'rpId'> & { info: Registered };

async function insertPasskey(
  tx: EntityManager,
  ctx: Context,
  { info, ...rest }: NewPasskey,
): Promise<{ user: User; passkey: Passkey }> {
  const user = await lockAccount(tx, viewerIdOf(ctx));
  if ((await tx.count(Passkey, { userId: user.id })) >= MAX_PASSKEYS) throw new TooManyPasskeys(MAX_PASSKEYS);
  const passkey = tx.create(Passkey, {
    ...rest,
    id: uuidv7(),
    createdAt: ctx.clock.now(),
    userId: user.id,
    credentialId: info.credential.id,
    publicKey: info.credential.publicKey,
    counter: info.credential.counter,
    backupEligible: info.credentialDeviceType === 'multiDevice',
    backedUp: info.credentialBackedUp,
    aaguid: info.aaguid,
    lastUsedAt: null,
  });
  record(tx, ctx, {
    type: 'passkey_registered',
    userId: user.id,
    data: { passkeyId: passkey.id, aaguid: info.aaguid },
  });
  await tx.flush();
  return { user, passkey };
}

/** Keeps the passkey that the browser made for the viewer. Throws PasskeyInvalid, InvalidInput, AlreadyExists or TooManyPasskeys. */
export async function finishRegistration(
  ctx: Context,
  input: { response: unknown; name?: string | null | undefined },
): Promise<Passkey> {
  const holder = holderOf(ctx);
  const { answer, challenge, framed } = readRegistration(input.response);
  const transports = knownTransports(answer);
  const name = nameOf(input.name, transports);
  await consumeChallenge(ctx, challenge, holder);
  if (framed) throw new PasskeyInvalid();
  const info = await verified(ctx, answer, challenge);
  const added = { info, name, transports, rpId: ctx.relyingParty.id };
  const { user, passkey } = await write(ctx, (tx) => insertPasskey(tx, ctx, added), passkeyErrors);
  await notify(ctx, user.email, (say) => say.passkeyAdded(quotedName(name)));
  return passkey;
}
