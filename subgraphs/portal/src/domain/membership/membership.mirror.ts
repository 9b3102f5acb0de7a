import { LockMode } from '@mikro-orm/core';
import { bindRole, grantLast } from '@polity/kernel/access/mirror';
import { write } from '@polity/kernel/domain/write';
import type { Context } from '../../context.ts';
import { CommunityMembership, communityRoles } from './membership.entity.ts';

/** Gives access what the membership says now. The row stays locked meanwhile, so that no revoke can be overtaken by this grant. */
export function mirrorMembership(ctx: Context, { id }: CommunityMembership): Promise<void> {
  return grantLast(ctx, () =>
    write(ctx, async (tx) => {
      const membership = await tx.findOne(
        CommunityMembership,
        { id, status: 'ACTIVE' },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (membership) await bindMembership(ctx, membership);
    }),
  );
}

/** Gives the role of the membership, or one that it is about to have, in the place of the others. */
export function bindMembership(
  ctx: Context,
  { userId, community, roleKey: present }: CommunityMembership,
  { roleKey, ...losing }: { roleKey: string; membershipId?: string } = { roleKey: present },
): Promise<void> {
  const replaces = communityRoles.filter((other) => other !== roleKey);
  return bindRole(ctx, { userId, scope: { type: 'COMMUNITY', id: community.id }, roleKey, replaces, ...losing });
}
