import { readRows } from '@polity/kernel/db/rows';
import { checked } from '@polity/kernel/domain/input';
import { Forbidden } from '@polity/kernel/graph/errors';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { readerOf } from '../../mails/reader.ts';
import { User } from '../user/user.entity.ts';

const MAX_MAILS = 100;
/** Handed to the mail server at a time. */
const AT_ONCE = 10;

const noticeMail = z.object({
  userId: z.guid(),
  id: z.guid(),
  count: z.int().positive(),
  lines: z.array(z.string().max(600)).min(1).max(50),
  unsubscribe: z.url().max(500),
});
const input = z.object({ mails: z.array(noticeMail).max(MAX_MAILS) });

type NoticeMail = z.infer<typeof noticeMail>;

/** Sends one; whether the mail server took it. */
async function send(ctx: Context, to: string, { id, ...mail }: NoticeMail): Promise<boolean> {
  const reader = await readerOf(ctx, to, 'another');
  return ctx.mailer.deliver({
    ...ctx.mails.notifications(reader, mail),
    id,
    unsubscribe: mail.unsubscribe,
  });
}

/**
 * Mails people what another service has to tell them, whose addresses only identity knows. Answers the ids of those whose mail did not leave and may be tried
 * again; who has no active account any more is passed over. Throws Forbidden, InvalidInput.
 */
export async function sendNotices(ctx: Context, given: unknown): Promise<string[]> {
  if (ctx.viewer.kind !== 'service') throw new Forbidden();
  const { mails } = checked(input, { mails: given } as z.input<typeof input>);
  const userIds = [...new Set(mails.map(({ userId }) => userId))];
  const users = await readRows(ctx.em, User, { where: [{ id: userIds, status: 'ACTIVE' }] });
  const addresses = new Map(users.map(({ id, email }) => [id, email]));
  const failed: string[] = [];
  for (let at = 0; at < mails.length; at += AT_ONCE) {
    const some = mails.slice(at, at + AT_ONCE);
    const left = await Promise.all(
      some.map(async (mail) => {
        const to = addresses.get(mail.userId);
        return to ? send(ctx, to, mail) : true;
      }),
    );
    failed.push(...some.filter((_, index) => !left[index]).map(({ userId }) => userId));
  }
  return failed;
}
