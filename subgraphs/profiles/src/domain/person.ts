import type { EntityManager } from '@mikro-orm/postgresql';
import { holdsBindingAt } from '@polity/kernel/access/visibility';
import { Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { canonicalId, isUuid } from '@polity/kernel/ids';
import type { Context } from '../context.ts';

/** A person, for whoever owns the rest of them. */
export interface PersonRef {
  id: string;
}

/** Two people, the viewer first. */
export interface Pair {
  viewerId: string;
  otherId: string;
}

/** The viewer and somebody else. Throws Forbidden without the permission, NotFound for what is no id, InvalidInput for oneself. */
export async function pairWith(ctx: Context, id: string, permission: string): Promise<Pair> {
  if (!(await ctx.access.authorizer()).mayAtTenant(permission)) throw new Forbidden();
  if (!isUuid(id)) throw new NotFound('This person');
  const [viewerId, otherId] = [ctx.viewer.id as string, canonicalId(id)];
  if (viewerId === otherId) throw new InvalidInput({ id: 'is your own' });
  return { viewerId, otherId };
}

/** Throws NotFound for who is no member of the tenant, as access knows it. */
export async function mustBelong(ctx: Context, userId: string): Promise<void> {
  const { set, nowMs } = await ctx.accessOf(userId).authorizer();
  if (!holdsBindingAt(set, ctx.tenantId, nowMs)) throw new NotFound('This person');
}

const PAIR_LOCK = 'select pg_advisory_xact_lock(hashtextextended(?, 5))';

/**
 * What two people are to each other changes by one transaction at a time: one that follows reads the blocks behind it, and one that blocks ends what
 * was followed before it.
 */
export async function lockPair(tx: EntityManager, { tenantId }: Context, { viewerId, otherId }: Pair): Promise<void> {
  await tx.execute(PAIR_LOCK, [[tenantId, ...[viewerId, otherId].sort()].join(' ')]);
}
