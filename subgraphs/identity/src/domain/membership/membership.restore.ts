import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { bindTenantRole } from '../access-mirror.ts';
import { Membership } from './membership.entity.ts';

interface Revoked {
  membershipId: string;
  scopeType: string;
  roleKeys: string[];
}

/**
 * Roles are revoked before it is committed that a membership ends. Where whoever ended it was cut off in between, it stands without its
 * roles: they are given again, and others are told to do the same. Whoever ends it holds its row, so that this waits for them.
 */
async function restore(tx: EntityManager, ctx: Context, { membershipId, roleKeys }: Revoked): Promise<void> {
  const membership = await tx.findOne(Membership, membershipId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!membership) return;
  const { tenantId, userId } = membership;
  for (const roleKey of roleKeys) await bindTenantRole(ctx.services, { tenantId, userId }, roleKey, 'membership');
  await recordEvent(tx, ctx, 'identity.membership.restored', { subject: userId, data: { tenantId, userId } });
}

/** What identity does about memberships that stand without their roles. */
export const unfinishedEnds: ConsumerDefinition<Context> = {
  name: 'unfinished-ends',
  types: ['access.membership.revoked'],
  async handle(tx, { data }, ctx) {
    const revoked = data as Revoked;
    if (revoked.scopeType === 'TENANT') await restore(tx, ctx, revoked);
  },
};
