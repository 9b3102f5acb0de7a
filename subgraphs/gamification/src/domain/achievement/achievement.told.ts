import type { AchievementRow } from './achievement.entity.ts';

/** What events tell of an achievement. */
export const toldOf = ({ id, key, kind, communityId, teamId, visibility }: AchievementRow) => ({
  ...{ achievementId: id, key, kind, visibility },
  ...{ communityId: communityId ?? null, teamId: teamId ?? null },
});
