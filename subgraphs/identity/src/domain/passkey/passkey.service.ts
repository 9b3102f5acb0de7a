import { InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { record } from '../audit/audit.service.ts';
import { Credential } from '../credential/credential.entity.ts';
import { displayNameProblem } from '../user/user.names.ts';
import { viewerIdOf } from '../viewer.ts';
import { Passkey } from './passkey.entity.ts';
import { LastSignInMethod } from './passkey.errors.ts';
import { lockAccount, ownPasskey } from './passkey.queries.ts';

/** Gives one of the viewer's passkeys another name. Throws NotFound for others' and missing ones alike. */
export async function rename(ctx: Context, id: string, givenName: string): Promise<Passkey> {
  const userId = viewerIdOf(ctx);
  const name = givenName.trim();
  const problem = displayNameProblem(name);
  if (problem) throw new InvalidInput({ name: problem });
  return ctx.em.fork().transactional(async (tx) => {
    const passkey = await ownPasskey(tx, userId, id);
    if (!passkey) throw new NotFound('Passkey');
    passkey.rename(name);
    record(tx, ctx, { type: 'passkey_renamed', userId, data: { passkeyId: id } });
    return passkey;
  });
}

/** Removes one of the viewer's passkeys. Throws NotFound for others' and missing ones alike, LastSignInMethod for the only way in. */
export async function remove(ctx: Context, id: string): Promise<boolean> {
  const userId = viewerIdOf(ctx);
  const { email, name } = await ctx.em.fork().transactional(async (tx) => {
    const user = await lockAccount(tx, userId);
    const passkey = await ownPasskey(tx, userId, id);
    if (!passkey) throw new NotFound('Passkey');
    const otherWays = (await tx.count(Credential, { userId })) + (await tx.count(Passkey, { userId })) - 1;
    if (otherWays < 1) throw new LastSignInMethod();
    tx.remove(passkey);
    record(tx, ctx, { type: 'passkey_removed', userId, data: { passkeyId: id } });
    return { email: user.email, name: passkey.name };
  });
  if (email)
    ctx.mailer.send(
      ctx.mails.notice(
        email,
        'A passkey was removed',
        `The passkey "${name}" cannot sign in to your account any more.`,
      ),
    );
  return true;
}
