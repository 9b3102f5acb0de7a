import type { EntityManager } from '@mikro-orm/postgresql';
import { readRows } from '@polity/kernel/db/rows';
import { Forbidden } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { provedToBe } from '../session/session.service.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { User } from '../user/user.entity.ts';
import { ownsAccount } from '../viewer-rights.ts';
import { Passkey, type PasskeyRow } from './passkey.entity.ts';

/** Passkeys of the person who asks, oldest first; null for everybody else. */
export async function passkeysOf(ctx: Context, userId: string): Promise<PasskeyRow[] | null> {
  if (!ownsAccount(ctx.viewer, userId) && !provedToBe(ctx, userId)) return null;
  return readRows(ctx.em, Passkey, { where: [{ userId }], order: [{ column: 't.id', direction: 'asc' }] });
}

/** The viewer's own passkey; null for others' and for what does not exist. */
export async function ownPasskey(em: EntityManager, userId: string, id: string): Promise<Passkey | null> {
  return isUuid(id) ? em.findOne(Passkey, { id, userId }) : null;
}

/** The active account, held until the transaction ends, so that two changes of its ways in wait for each other. Throws Forbidden for any other. */
export async function lockAccount(tx: EntityManager, userId: string): Promise<User> {
  const [held] = await tx.execute<{ id: string }[]>(
    `select id from user_account where id = ? and status = 'ACTIVE' for update`,
    [userId],
  );
  if (!held) throw new Forbidden();
  return tx.findOneOrFail(User, userId);
}

/** Origins at which a ceremony of this request may take place. */
export async function originsOf({
  em,
  request,
  relyingParty,
}: Pick<Context, 'em' | 'request' | 'relyingParty'>): Promise<string[]> {
  const { tenantId } = request;
  const tenant = tenantId ? await em.fork().findOne(Tenant, { id: tenantId }) : null;
  return relyingParty.origins(tenant?.slug ?? null);
}
