import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import type { Context } from '../../context.ts';
import type { Community } from '../community/community.entity.ts';
import { byName, oldestFirst } from '../orders.ts';
import { Team } from './team.entity.ts';
import { TeamMembership } from './team-membership.entity.ts';

const everything = { sql: 'true', params: [] };

export async function ofCommunity(ctx: Context, { id }: Community, args: ConnectionArgs): Promise<Connection<Team>> {
  const list = { name: 'community.teams', entity: Team, from: 'team t', parent: 't.community_id' };
  return ctx.loaders.pages({ ...list, where: everything, order: byName }, id, args);
}

export async function membersOf(ctx: Context, { id }: Team, args: ConnectionArgs): Promise<Connection<TeamMembership>> {
  const list = { name: 'team.members', entity: TeamMembership, from: 'team_membership t', parent: 't.team_id' };
  return ctx.loaders.pages({ ...list, where: everything, order: oldestFirst }, id, args);
}

export async function memberCount(ctx: Context, { id }: Team): Promise<number> {
  return (await ctx.loaders.teamMemberCount.load(id))?.count ?? 0;
}
