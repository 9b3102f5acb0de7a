import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import type { Context } from '../../context.ts';
import type { Community } from '../community/community.entity.ts';
import { canSeeWaiting } from '../community/community.policy.ts';
import { oldestFirst } from '../orders.ts';
import { CommunityMembership, type MembershipStatus } from './membership.entity.ts';

interface ListArgs extends ConnectionArgs {
  status?: MembershipStatus | null;
}

export async function ofCommunity(
  ctx: Context,
  community: Community,
  { status, ...args }: ListArgs,
): Promise<Connection<CommunityMembership>> {
  const wanted = status ?? 'ACTIVE';
  const visible = wanted === 'ACTIVE' || canSeeWaiting((await ctx.access.asker()).quiet, community);
  return ctx.loaders.pages(
    {
      name: `community.members.${wanted}`,
      entity: CommunityMembership,
      from: 'community_membership t',
      parent: 't.community_id',
      where: visible ? { sql: 't.status = ?', params: [wanted] } : { sql: 'false', params: [] },
      order: oldestFirst,
    },
    community.id,
    args,
  );
}

export async function countOf(ctx: Context, { id }: Community): Promise<number> {
  return (await ctx.loaders.memberCount.load(id))?.count ?? 0;
}
