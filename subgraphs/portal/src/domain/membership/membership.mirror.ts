import { LockMode } from '@mikro-orm/core';
import type { Context } from '../../context.ts';
import { bindRole, grant } from '../mirror.ts';
import { write } from '../write.ts';
import { CommunityMembership, communityRoles } from './membership.entity.ts';

/** Gives access what the membership says now. The row stays locked meanwhile, so that no revoke can be overtaken by this grant. */
export function mirrorMembership(ctx: Context, { id }: CommunityMembership): Promise<void> {
  return grant(ctx, () =>
    write(ctx, async (tx) => {
      const membership = await tx.findOne(
        CommunityMembership,
        { id, status: 'ACTIVE' },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (membership) await bindMembership(ctx, membership, membership.roleKey);
    }),
  );
}

export function bindMembership(
  ctx: Context,
  { userId, community }: CommunityMembership,
  roleKey: string,
): Promise<void> {
  const replaces = communityRoles.filter((other) => other !== roleKey);
  return bindRole(ctx, { userId, scope: { type: 'COMMUNITY', id: community.id }, roleKey, replaces });
}
