import { never } from '@polity/kernel/db/sql';
import { pagesBelow } from '@polity/kernel/graph/pages';
import { rowBy } from '@polity/kernel/graph/row-loaders';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { Community } from './community/community.entity.ts';
import { seenCommunities } from './community/community.visibility.ts';
import { memberCounts } from './membership/member-count.ts';
import { CommunityMembership } from './membership/membership.entity.ts';
import { Post } from './post/post.entity.ts';
import { seenPosts } from './post/post.visibility.ts';
import { Team } from './team/team.entity.ts';
import { seenTeams } from './team/team.visibility.ts';
import { TeamMembership } from './team/team-membership.entity.ts';

/** Batch reads of one request: each costs one statement, however many ask. Hidden rows read as null. */
export function makeLoaders(ctx: BaseContext) {
  const { em, access, viewer } = ctx;
  const ofViewer = viewer.kind === 'user' ? { userId: viewer.id } : never;
  return {
    communityById: rowBy(em, Community, 'id', async () => ({ visible: seenCommunities(await access.authorizer()) })),
    teamById: rowBy(em, Team, 'id', async () => ({ visible: seenTeams(await access.authorizer()) })),
    // Joined, so that posts and their teams are one statement.
    postById: rowBy(em, Post, 'id', async () => ({ visible: seenPosts(await access.authorizer()), join: ['team'] })),
    viewerMembership: rowBy(em, CommunityMembership, 'community', () => ({ where: [ofViewer] })),
    viewerTeamMembership: rowBy(em, TeamMembership, 'team', () => ({ where: [ofViewer] })),
    memberCount: memberCounts(ctx),
    pages: pagesBelow(em),
  };
}

export type Loaders = ReturnType<typeof makeLoaders>;
