import type { OrmDefinition } from '@polity/kernel/db/orm';
import { Community } from './src/domain/community/community.entity.ts';
import { CommunityMembership } from './src/domain/membership/membership.entity.ts';
import { ModuleSetting } from './src/domain/module/module.entity.ts';
import { Post } from './src/domain/post/post.entity.ts';
import { Team } from './src/domain/team/team.entity.ts';
import { TeamMembership } from './src/domain/team/team-membership.entity.ts';

export const orm: OrmDefinition = {
  name: 'portal',
  entities: [Community, CommunityMembership, Team, TeamMembership, Post, ModuleSetting],
  migrations: new URL('./migrations', import.meta.url).href,
};
