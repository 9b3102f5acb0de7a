import { checked } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { addressBlock } from '@polity/kernel/request/address-block';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import type { Mail } from '../../mail.ts';
import { readerOf } from '../../mails/reader.ts';
import { recordAttempt } from '../audit/audit.service.ts';
import { issue } from '../token/token.service.ts';
import { User } from '../user/user.entity.ts';
import { email as readEmail } from '../user/user.input.ts';
import { mayNow } from '../viewer-rights.ts';
import { MAILS_PER_HOUR } from './sign-up.service.ts';

/** Links that may be asked for per hour from one address block. */
export const LINKS_PER_HOUR = 300;

type LinkPurpose = 'PASSWORD_RESET' | 'MAGIC_LINK';

async function mailLink(
  ctx: Context,
  email: string,
  purpose: LinkPurpose,
  by: 'them' | 'another' = 'them',
): Promise<void> {
  const mayMail = await ctx.throttle.within('mail', email, MAILS_PER_HOUR);
  const reader = await readerOf(ctx, email, by);
  const mail = await write(ctx, async (tx): Promise<Mail> => {
    const user = await tx.findOne(User, { email });
    const userId = user?.status === 'ACTIVE' ? user.id : null;
    const token = issue(tx, ctx, { purpose, userId });
    await recordAttempt(tx, ctx, { type: 'authn_token_created', userId, data: { purpose } });
    const text = purpose === 'MAGIC_LINK' ? ctx.mails.magicLink : ctx.mails.passwordReset;
    return { ...text(reader, token), to: userId ? email : '' };
  });
  if (mayMail && mail.to) ctx.mailer.send(mail);
}

/** Mails a link if the address has an active account; the answer and the work are the same if not. Never locks anything. */
export async function requestLink(ctx: Context, givenEmail: string, purpose: LinkPurpose): Promise<boolean> {
  const { email } = checked(z.object({ email: readEmail }), { email: givenEmail });
  if (ctx.request.address) await ctx.throttle.limit('link', addressBlock(ctx.request.address), LINKS_PER_HOUR);
  await mailLink(ctx, email, purpose);
  return true;
}

/** Lets an administrator start the reset of a member's password; they never choose or see it. */
export async function startPasswordReset(ctx: Context, userId: string): Promise<boolean> {
  if (!(await mayNow(ctx, 'identity.user.resetPassword'))) throw new Forbidden();
  const user = await ctx.loaders.userById.load(userId);
  if (!user?.email || user.status !== 'ACTIVE') throw new NotFound('User');
  await mailLink(ctx, user.email, 'PASSWORD_RESET', 'another');
  return true;
}
