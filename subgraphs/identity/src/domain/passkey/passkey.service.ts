import type { EntityManager } from '@mikro-orm/postgresql';
import { checked } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { Conflict, NotFound } from '@polity/kernel/graph/errors';
import { quotedName } from '@polity/kernel/text/names';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { notify } from '../../mails/notify.ts';
import { record } from '../audit/audit.service.ts';
import { RecoveryCode } from '../mfa/factors.entity.ts';
import { factorsOf } from '../mfa/mfa.queries.ts';
import { waysInto } from '../upstream/ways-in.ts';
import { displayName } from '../user/user.input.ts';
import { viewerIdOf } from '../viewer-rights.ts';
import type { Passkey } from './passkey.entity.ts';
import { LastSignInMethod } from './passkey.errors.ts';
import { lockAccount, ownPasskey } from './passkey.queries.ts';

/** Gives one of the viewer's passkeys another name. Throws NotFound for others' and missing ones alike. */
export async function rename(ctx: Context, id: string, givenName: string): Promise<Passkey> {
  const userId = viewerIdOf(ctx);
  const { name } = checked(z.object({ name: displayName }), { name: givenName });
  return write(ctx, async (tx) => {
    const passkey = await ownPasskey(tx, userId, id);
    if (!passkey) throw new NotFound('Passkey');
    passkey.rename(name);
    record(tx, ctx, { type: 'passkey_renamed', userId, data: { passkeyId: id } });
    return passkey;
  });
}

/** Lets the last passkey go only where something else signs in, and, where the tenant wants one, another second factor is left. */
async function letGo(tx: EntityManager, { request }: Context, userId: string): Promise<void> {
  const { passkeys, totp, required } = await factorsOf({ em: tx, request }, userId);
  if (passkeys > 1) return;
  const { password, links } = await waysInto(tx, userId);
  if (!password && links === 0) throw new LastSignInMethod();
  if (totp) return;
  if (required) throw new Conflict('This tenant wants a second factor. Add another one first.');
  await tx.nativeDelete(RecoveryCode, { userId });
}

/**
 * Removes one of the viewer's passkeys and returns it as it was. Throws NotFound for others' and missing ones alike, LastSignInMethod for the only way in, Conflict
 * for the only second factor where the tenant wants one.
 */
export async function remove(ctx: Context, id: string): Promise<Passkey> {
  const userId = viewerIdOf(ctx);
  const { email, passkey } = await write(ctx, async (tx) => {
    const user = await lockAccount(tx, userId);
    const passkey = await ownPasskey(tx, userId, id);
    if (!passkey) throw new NotFound('Passkey');
    await letGo(tx, ctx, userId);
    tx.remove(passkey);
    record(tx, ctx, { type: 'passkey_removed', userId, data: { passkeyId: id } });
    return { email: user.email, passkey };
  });
  await notify(ctx, email, (say) => say.passkeyRemoved(quotedName(passkey.name)));
  return passkey;
}
