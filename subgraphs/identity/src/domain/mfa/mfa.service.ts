import { InvalidInput } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { notify } from '../../mails/notify.ts';
import { InvalidCode } from '../credential/credential.errors.ts';
import { verifyPasskeyAssertion } from '../passkey/passkey-assertion.service.ts';
import { type AuthMethod, stepUp } from '../session/session.service.ts';
import {
  accountName,
  completeSignIn,
  countFailure,
  isOpen,
  provePassword,
  type SignedIn,
} from '../session/sign-in.service.ts';
import type { User } from '../user/user.entity.ts';
import { ownsAccount, viewerIdOf } from '../viewer-rights.ts';
import { type Factors, factorsOf, methodsOf, needsSecondFactor } from './mfa.queries.ts';
import { challenged, useChallenge } from './mfa-challenge.service.ts';
import { useCode } from './recovery-codes.service.ts';
import { proveTotp } from './totp.service.ts';
import { trustDevice } from './trusted-device.service.ts';

export interface FactorInput {
  totp?: string | null | undefined;
  recoveryCode?: string | null | undefined;
  passkey?: unknown;
}

async function proveGiven(
  ctx: Context,
  user: User,
  { totp, recoveryCode, passkey }: FactorInput,
): Promise<AuthMethod[] | null> {
  if (passkey) {
    await verifyPasskeyAssertion(ctx, user.id, passkey);
    return ['hwk', 'user'];
  }
  if (totp) return (await proveTotp(ctx, user.id, totp)) ? ['otp'] : null;
  if (!recoveryCode || !(await useCode(ctx, user.id, recoveryCode))) return null;
  const { recoveryCodesLeft } = await factorsOf(ctx, user.id);
  await notify(ctx, user.email, (say) => say.recoveryCodeUsed(recoveryCodesLeft));
  return ['otp'];
}

/** Proves one second factor, at the cost of the account's common counter. Throws InvalidCode, InvalidInput or RateLimited. */
async function proveFactor(ctx: Context, user: User, input: FactorInput): Promise<AuthMethod[]> {
  const given = [input.totp, input.recoveryCode, input.passkey].filter(
    (factor) => factor !== null && factor !== undefined,
  );
  if (given.length !== 1) throw new InvalidInput({ input: 'needs exactly one of totp, recoveryCode and passkey' });
  await ctx.throttle.take({ account: accountName(user), address: ctx.request.address });
  const methods = isOpen(user) ? await proveGiven(ctx, user, input) : null;
  if (methods) return methods;
  await countFailure(ctx, user, input.totp ? 'otp' : 'recovery');
  throw new InvalidCode();
}

export interface VerifyMfaInput extends FactorInput {
  challenge: string;
  rememberDevice?: boolean | null | undefined;
}

/** Signs in with the second factor. The challenge stays good after a wrong one, until its five minutes are over. */
export async function verifyMfa(
  ctx: Context,
  { challenge, rememberDevice, ...input }: VerifyMfaInput,
): Promise<SignedIn> {
  const { user, amr } = await challenged(ctx, challenge);
  const methods = await proveFactor(ctx, user, input);
  await useChallenge(ctx, challenge);
  const deviceToken = rememberDevice ? await trustDevice(ctx, user.id) : null;
  return { ...(await completeSignIn(ctx, user, [...amr, ...methods, 'mfa'])), deviceToken };
}

export interface ReauthenticateInput extends FactorInput {
  password?: string | null | undefined;
}

/** The factor after a password. Only now are failures forgotten, or whoever knows the password could guess codes without end. */
async function proveLastFactor(ctx: Context, user: User, factor: FactorInput): Promise<AuthMethod[]> {
  const methods = await proveFactor(ctx, user, factor);
  await ctx.throttle.succeeded({ account: accountName(user), address: ctx.request.address }, 2);
  return methods;
}

/** Proves again who the viewer is: password and second factor where there is one, or a passkey, which is both. */
export async function reauthenticate(ctx: Context, { password, ...factor }: ReauthenticateInput): Promise<SignedIn> {
  const userId = viewerIdOf(ctx);
  if (factor.passkey) {
    const user = await verifyPasskeyAssertion(ctx, userId, factor.passkey);
    stepUp(ctx, user, ['hwk', 'user', 'mfa']);
    return { __typename: 'SignedIn', user };
  }
  if (!password) throw new InvalidInput({ password: 'is needed, unless a passkey is given' });
  const factors = await factorsOf(ctx, userId);
  const asksForMore = needsSecondFactor(factors) && methodsOf(factors).length > 0;
  const user = await provePassword(ctx, userId, password, asksForMore);
  stepUp(ctx, user, asksForMore ? ['pwd', ...(await proveLastFactor(ctx, user, factor)), 'mfa'] : ['pwd']);
  return { __typename: 'SignedIn', user };
}

/** Second factors of the person who asks; null for everybody else. */
export async function mfaStatus(ctx: Context, userId: string): Promise<(Factors & { enabled: boolean }) | null> {
  if (!ownsAccount(ctx.viewer, userId)) return null;
  const factors = await factorsOf(ctx, userId);
  return { ...factors, enabled: factors.totp };
}
