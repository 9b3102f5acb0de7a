import { criteriaJsonSchema } from '../criteria/schema.ts';
import * as achievements from '../domain/achievement/achievement.lists.ts';
import * as players from '../domain/player/player.service.ts';
import { preview } from '../domain/rule/preview.ts';
import type { QueryResolvers } from '../generated/graphql.ts';

export const Query: Omit<QueryResolvers, '_entities' | '_service'> = {
  achievement: (_, { id }, ctx) => ctx.loaders.achievementById.load(id),
  achievements: (_, args, ctx) => achievements.list(ctx, args),
  criteriaSchema: () => criteriaJsonSchema(),
  previewCriteria: (_, { input }, ctx) => preview(ctx, input),
  gamificationSettings: (_, _args, ctx) => players.settings(ctx),
};
