import type { Context } from '../context.ts';
import type { MailMessages } from './messages/en.ts';
import { readerOf } from './reader.ts';
import type { Notice } from './text.ts';

/** Mails somebody what happened to their account. It has happened by then, so nothing that keeps the mail from being written fails the caller. */
export async function notify(
  ctx: Context,
  to: string | null | undefined,
  what: (say: MailMessages) => Notice,
  by: 'them' | 'another' = 'them',
): Promise<void> {
  if (!to) return;
  try {
    ctx.mailer.send(ctx.mails.notice(await readerOf(ctx, to, by), what));
  } catch (err) {
    ctx.log.error({ err }, 'a notice was not written');
  }
}
