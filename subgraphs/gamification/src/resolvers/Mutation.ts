import * as achievements from '../domain/achievement/achievement.service.ts';
import * as grants from '../domain/grant/grant.service.ts';
import { importGrants } from '../domain/grant/import.ts';
import * as players from '../domain/player/player.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  createAchievement: (_, { input }, ctx) => achievements.create(ctx, input),
  updateAchievement: (_, { id, input }, ctx) => achievements.update(ctx, id, input),
  archiveAchievement: (_, { id }, ctx) => achievements.archive(ctx, id),
  grantAchievement: (_, { input }, ctx) => grants.grant(ctx, input),
  importGrants: (_, { achievementId, csv }, ctx) => importGrants(ctx, achievementId, csv),
  revokeGrant: (_, { id, reason }, ctx) => grants.revoke(ctx, id, reason),
  updateGamificationSettings: (_, { input }, ctx) => players.updateSettings(ctx, input),
};
