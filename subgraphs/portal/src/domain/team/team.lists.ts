import { peopleShown } from '@polity/kernel/access/blocks';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { byName, oldestFirst } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import type { CommunityRow } from '../community/community.entity.ts';
import { Team, type TeamRow } from './team.entity.ts';
import { canUpdate } from './team.policy.ts';
import { TeamMembership, type TeamMembershipRow } from './team-membership.entity.ts';

export function ofCommunity(ctx: Context, { id }: CommunityRow, args: ConnectionArgs): Promise<Connection<TeamRow>> {
  const list = { list: 'community.teams', entity: Team, parent: 't.community_id', order: byName };
  return ctx.loaders.pages(list, id, args);
}

export async function membersOf(
  ctx: Context,
  { id }: TeamRow,
  args: ConnectionArgs,
): Promise<Connection<TeamMembershipRow>> {
  const authorizer = await ctx.access.authorizer();
  const where = peopleShown(authorizer, 't.user_id', canUpdate(authorizer.quiet, { id }));
  const list = { list: 'team.members', entity: TeamMembership, parent: 't.team_id', where, order: oldestFirst };
  return ctx.loaders.pages(list, id, args);
}

export async function memberCount(ctx: Context, { id }: TeamRow): Promise<number> {
  return (await ctx.loaders.memberCount.load(id))?.members ?? 0;
}
