import { loaderBy } from '@polity/kernel/graph/loader';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { seenCommunities } from '../community/community.visibility.ts';
import { counter } from '../counter.ts';
import { ALIAS, matching } from '../sql.ts';
import { Team } from './team.entity.ts';
import { TeamMembership } from './team-membership.entity.ts';

/** Teams are seen by whoever sees their community. */
export const teamById = (ctx: Context) =>
  loaderBy(
    async (ids: readonly string[]) => {
      const community = matching<Team>(seenCommunities(await ctx.access.asker(), ALIAS));
      return ctx.em.find(Team, { id: ids.filter(isUuid), community } as never);
    },
    (team: Team) => team.id,
  );

export const viewerTeamMembership = (ctx: Context) =>
  loaderBy(
    async (teamIds: readonly string[]) =>
      ctx.viewer.kind === 'user'
        ? ctx.em.find(TeamMembership, { team: [...teamIds], userId: ctx.viewer.id as string })
        : [],
    (membership) => membership.team.id,
  );

export const teamMemberCount = (ctx: Context) =>
  counter(
    ctx,
    `select team_id as id, count(*)::int as count from team_membership
     where tenant_id = ? and team_id = any(?) group by team_id`,
  );
