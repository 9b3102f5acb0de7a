import { loaderBy } from '@polity/kernel/graph/loader';
import type { Context } from '../../context.ts';
import { counter } from '../counter.ts';
import { CommunityMembership } from './membership.entity.ts';

export const viewerMembership = (ctx: Context) =>
  loaderBy(
    async (communityIds: readonly string[]) =>
      ctx.viewer.kind === 'user'
        ? ctx.em.find(CommunityMembership, { community: [...communityIds], userId: ctx.viewer.id as string })
        : [],
    (membership) => membership.community.id,
  );

export const memberCount = (ctx: Context) =>
  counter(
    ctx,
    `select community_id as id, count(*)::int as count from community_membership
     where tenant_id = ? and community_id = any(?) and status = 'ACTIVE' group by community_id`,
  );
