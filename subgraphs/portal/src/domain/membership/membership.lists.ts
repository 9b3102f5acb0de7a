import { peopleShown } from '@polity/kernel/access/blocks';
import { never } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { oldestFirst } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import type { CommunityRow } from '../community/community.entity.ts';
import { canSeeWaiting } from '../community/community.policy.ts';
import { CommunityMembership, type CommunityMembershipRow, type MembershipStatus } from './membership.entity.ts';

interface ListArgs extends ConnectionArgs {
  status?: MembershipStatus | null;
}

export async function ofCommunity(
  ctx: Context,
  community: CommunityRow,
  { status, ...args }: ListArgs,
): Promise<Connection<CommunityMembershipRow>> {
  const wanted = status ?? 'ACTIVE';
  const authorizer = await ctx.access.authorizer();
  const manages = canSeeWaiting(authorizer.quiet, community);
  const shown = peopleShown(authorizer, 't.user_id', manages);
  return ctx.loaders.pages(
    {
      list: `community.members.${wanted}`,
      entity: CommunityMembership,
      parent: 't.community_id',
      where: wanted === 'ACTIVE' || manages ? [{ status: wanted }, shown] : never,
      order: oldestFirst,
    },
    community.id,
    args,
  );
}

export async function countOf(ctx: Context, { id }: CommunityRow): Promise<number> {
  return (await ctx.loaders.memberCount.load(id))?.members ?? 0;
}
