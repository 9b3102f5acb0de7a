import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { notify } from '../../mails/notify.ts';
import { record } from '../audit/audit.service.ts';
import { TrustedDevice } from '../mfa/trusted-device.entity.ts';
import { PersonalToken } from '../personal-token/personal-token.entity.ts';
import { endSessions } from '../session/session.service.ts';
import { provePassword } from '../session/sign-in.service.ts';
import { TokenInvalid } from '../token/token.errors.ts';
import { consume, peek, revokeAll } from '../token/token.service.ts';
import { User } from '../user/user.entity.ts';
import { viewerIdOf } from '../viewer-rights.ts';
import { Credential } from './credential.entity.ts';
import { normalPassword, passwordProblem } from './password.policy.ts';

/** Throws InvalidInput that names `field` unless the password may be set; `about` is what belongs to the person or the site. */
export async function assertPassword(
  { commonPasswords, breachedPasswords, log }: Pick<Context, 'commonPasswords' | 'breachedPasswords' | 'log'>,
  field: string,
  password: string,
  about: readonly (string | null | undefined)[],
): Promise<void> {
  const words = ['polity', ...about].flatMap((text) => (text ? [text, ...text.split(/[\s@._-]+/)] : []));
  const problem = passwordProblem(password, commonPasswords, words);
  if (problem) throw new InvalidInput({ [field]: problem });
  const isBreached = await breachedPasswords.has(normalPassword(password) ?? '').catch((err: unknown) => {
    // A file that broke while we run must not keep people from new passwords.
    log.error({ err }, 'the file of breached passwords could not be searched');
    return false;
  });
  if (isBreached) throw new InvalidInput({ [field]: 'was found in a breach: others know and try it' });
}

interface NewPassword {
  user: User;
  passwordHash: string;
  reason: 'changed' | 'reset';
}

async function replacePassword(
  tx: EntityManager,
  ctx: Context,
  { user, passwordHash, reason }: NewPassword,
): Promise<void> {
  const now = ctx.clock.now();
  const credential = await tx.findOne(Credential, { userId: user.id });
  if (credential) credential.replace(passwordHash, now);
  else tx.create(Credential, { id: uuidv7(), createdAt: now, userId: user.id, passwordHash, changedAt: now });
  user.failedAttempts = 0;
  // Whoever got in before must not keep a way: not a link, not half a sign-in, and not an address that waits to be confirmed.
  await revokeAll(tx, ctx, user.id, ['PASSWORD_RESET', 'MAGIC_LINK', 'MFA_CHALLENGE', 'EMAIL_CHANGE']);
  record(tx, ctx, { type: reason === 'reset' ? 'authn_password_reset' : 'authn_password_change', userId: user.id });
  await recordEvent(tx, ctx, 'identity.user.password_changed', { subject: user.id, data: { userId: user.id } });
}

/** Changes the viewer's password; other sessions end. Throws InvalidCredentials for a wrong current password. */
export async function changePassword(
  ctx: Context,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<boolean> {
  const known = await provePassword(ctx, viewerIdOf(ctx), currentPassword);
  await assertPassword(ctx, 'newPassword', newPassword, [known.email, known.username, known.displayName]);
  const passwordHash = await ctx.hasher.hash(newPassword);
  const user = await write(ctx, async (tx) => {
    const account = await tx.findOneOrFail(User, known.id);
    await replacePassword(tx, ctx, { user: account, passwordHash, reason: 'changed' });
    return account;
  });
  endSessions(ctx, user.id, 'endOthers');
  await notify(ctx, user.email, (say) => say.passwordChanged());
  return true;
}

/** Sets the password of the person whose link was mailed; all sessions end, nobody is signed in, a second factor stays. */
export async function resetPassword(
  ctx: Context,
  { token, newPassword }: { token: string; newPassword: string },
): Promise<boolean> {
  const { userId } = await peek(ctx.em.fork(), ctx, 'PASSWORD_RESET', token);
  const known = await ctx.em.fork().findOneOrFail(User, userId);
  await assertPassword(ctx, 'newPassword', newPassword, [known.email, known.username, known.displayName]);
  const passwordHash = await ctx.hasher.hash(newPassword);
  const user = await write(ctx, async (tx) => {
    await consume(tx, ctx, 'PASSWORD_RESET', token);
    const account = await tx.findOneOrFail(User, userId);
    if (account.status !== 'ACTIVE') throw new TokenInvalid();
    await replacePassword(tx, ctx, { user: account, passwordHash, reason: 'reset' });
    // Somebody else may have made them; whoever resets a password takes the account back whole.
    await tx.nativeDelete(TrustedDevice, { userId });
    await tx.nativeUpdate(PersonalToken, { userId, revokedAt: null }, { revokedAt: ctx.clock.now() });
    await recordEvent(tx, ctx, 'identity.sessions.ended', {
      subject: userId,
      data: { userId, tenantId: null, reason: 'password reset' },
    });
    return account;
  });
  await ctx.tokensEnded();
  endSessions(ctx, userId, 'endAll');
  await notify(ctx, user.email, (say) => say.passwordChanged());
  return true;
}
