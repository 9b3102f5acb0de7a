import type { EntityManager } from '@mikro-orm/postgresql';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { canJoin } from '../community/community.policy.ts';

// Identity says who belongs to the tenant, access takes the roles of whoever leaves it before identity tells. What begins here meanwhile
// could be committed after the word of it was heard, and stay. So whatever begins or ends for one person in one tenant takes turns, and who
// begins something asks access at last, while it is their turn: either the roles are gone by then, or the word is still to come.

/** Has other beginnings and departures of this person in the tenant wait until the transaction is through. */
export async function takeTurn(tx: EntityManager, tenantId: string, userId: string): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 2))', [`${tenantId} ${userId}`]);
}

/** Throws Forbidden where the person may not begin this any more, NotFound where it is another than the viewer; the end of a turn. */
export async function mustStillBelong(ctx: Context, userId: string, can = canJoin): Promise<void> {
  const own = userId === ctx.viewer.id;
  const access = own ? ctx.access : ctx.accessOf(userId);
  if (!can(await access.fresh())) throw own ? new Forbidden() : new NotFound('This person');
}

const NOTE = `insert into departure (tenant_id, user_id, left_at) values (?, ?, ?)
  on conflict (tenant_id, user_id) do update set left_at = greatest(departure.left_at, excluded.left_at)`;
const LEFT_SINCE = 'select 1 from departure where tenant_id = ? and user_id = ? and left_at > ?';

/** Notes that the person left the tenant at that time, for words of earlier times that come later. */
export async function noteDeparture(tx: EntityManager, tenantId: string, userId: string, at: Date): Promise<void> {
  await tx.execute(NOTE, [tenantId, userId, at]);
}

/** Whether the person is known to have left the tenant after that time. */
export async function leftSince(tx: EntityManager, tenantId: string, userId: string, at: Date): Promise<boolean> {
  return (await tx.execute<unknown[]>(LEFT_SINCE, [tenantId, userId, at])).length > 0;
}
