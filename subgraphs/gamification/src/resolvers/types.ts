import { scopeOfRow, scopeStub } from '@polity/kernel/access/placed';
import * as achievements from '../domain/achievement/achievement.lists.ts';
import * as grants from '../domain/grant/grant.lists.ts';
import type {
  AchievementResolvers,
  GrantResolvers,
  ProgressResolvers,
  ScopeResolvers,
  UserResolvers,
} from '../generated/graphql.ts';

/** For how long the address of a picture holds, in seconds: not everybody sees the achievement. */
const PICTURE_SECONDS = 3_600;

export const Achievement: AchievementResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.achievementById.load(id),
  imageUrl: ({ imageFile }, _, ctx) => ctx.files.address(imageFile ?? null, PICTURE_SECONDS),
  scope: (achievement) => scopeStub(scopeOfRow(achievement)),
  author: ({ authorId }) => ({ id: authorId }),
  replaying: (achievement) => achievement.isReplaying(),
  ruleError: async (achievement, _, ctx) =>
    (await achievements.viewerCanManage(ctx, achievement)) ? (achievement.ruleError ?? null) : null,
  viewerCanManage: (achievement, _, ctx) => achievements.viewerCanManage(ctx, achievement),
  viewerCanGrant: (achievement, _, ctx) => achievements.viewerCanGrant(ctx, achievement),
  grants: ({ id }, args, ctx) => grants.ofAchievement(ctx, id, args),
};

export const Grant: GrantResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.grantById.load(id),
  achievement: ({ achievementId }, _, ctx) => ctx.loaders.achievementById.load(achievementId),
  user: ({ userId }) => ({ id: userId }),
  status: (grant, _, ctx) => grant.statusAt(ctx.clock.now()),
  reason: async (grant, _, ctx) =>
    (await grants.isTold(ctx, grant)) ? (grant.revokeReason ?? grant.reason ?? null) : null,
  evidence: async (grant, _, ctx) => ((await grants.isTold(ctx, grant)) ? (grant.evidence ?? null) : null),
  grantedBy: ({ grantedBy }) => (grantedBy ? { id: grantedBy } : null),
};

export const Progress: ProgressResolvers = {
  achievement: ({ achievementId }, _, ctx) => ctx.loaders.achievementById.load(achievementId),
};

export const User: UserResolvers = {
  grants: ({ id }, args, ctx) => grants.ofUser(ctx, id, args),
  progress: ({ id }, args, ctx) => grants.progressOf(ctx, id, args),
};

export const Scope: ScopeResolvers = {
  __resolveType: ({ __typename }) => __typename as 'Tenant' | 'Community' | 'Team',
};
