import type { Loader } from '@polity/kernel/graph/loader';
import type { Context } from '../context.ts';
import type { Community } from './community/community.entity.ts';
import { communityById } from './community/community.loaders.ts';
import type { counter } from './counter.ts';
import type { CommunityMembership } from './membership/membership.entity.ts';
import { memberCount, viewerMembership } from './membership/membership.loaders.ts';
import { type NestedPages, nestedPages } from './nested-pages.ts';
import type { Post } from './post/post.entity.ts';
import { postById } from './post/post.loaders.ts';
import type { Team } from './team/team.entity.ts';
import { teamById, teamMemberCount, viewerTeamMembership } from './team/team.loaders.ts';
import type { TeamMembership } from './team/team-membership.entity.ts';

/** Batch reads of one request: each costs one statement, however many ask. Hidden rows read as null. */
export interface Loaders {
  communityById: Loader<string, Community | null>;
  memberCount: ReturnType<typeof counter>;
  viewerMembership: Loader<string, CommunityMembership | null>;
  teamById: Loader<string, Team | null>;
  teamMemberCount: ReturnType<typeof counter>;
  viewerTeamMembership: Loader<string, TeamMembership | null>;
  postById: Loader<string, Post | null>;
  pages: NestedPages;
}

export function makeLoaders(ctx: Context): Loaders {
  return {
    communityById: communityById(ctx),
    memberCount: memberCount(ctx),
    viewerMembership: viewerMembership(ctx),
    teamById: teamById(ctx),
    teamMemberCount: teamMemberCount(ctx),
    viewerTeamMembership: viewerTeamMembership(ctx),
    postById: postById(ctx),
    pages: nestedPages(ctx.em, ctx.tenantId),
  };
}
