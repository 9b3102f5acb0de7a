import type { EntityManager } from '@mikro-orm/postgresql';
import type { Acting } from '../../context.ts';
import type { AchievementRow } from '../achievement/achievement.entity.ts';
import { award, takeAway, wasGranted } from '../grant/award.ts';
import { Grant } from '../grant/grant.entity.ts';

const REASON = 'Taken away by the rule of the achievement.';

interface Who {
  userId: string;
  period: string;
}

/** Grants by rule what somebody deserves, unless they were ever granted it in this period. */
export async function awardDeserved(
  tx: EntityManager,
  acting: Acting,
  achievement: AchievementRow,
  { userId, period }: Who,
): Promise<void> {
  if (await wasGranted(tx, achievement, userId, period)) return;
  await award(tx, acting, { achievement, userId, period, grantedBy: null });
}

/** Takes away what somebody has of it in this period, however they came by it. */
export async function takeAwayGrants(
  tx: EntityManager,
  acting: Acting,
  achievement: AchievementRow,
  { userId, period }: Who,
): Promise<void> {
  const standing = await tx.find(Grant, { achievementId: achievement.id, userId, period, status: 'ACTIVE' });
  for (const grant of standing) await takeAway(tx, acting, { grant, achievement, by: null, reason: REASON });
}
