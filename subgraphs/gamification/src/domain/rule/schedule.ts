import type { EntityManager } from '@mikro-orm/postgresql';
import { enqueueJob } from '@polity/kernel/jobs/enqueue';
import type { Acting } from '../../context.ts';
import type { AchievementRow } from '../achievement/achievement.entity.ts';

export const REPLAY_JOB = 'replay-rule';

/** Has events of the past looked through for an achievement, once the transaction commits. */
export async function replayLater(
  tx: EntityManager,
  { tenantId, clock }: Acting,
  { id, criteria }: Pick<AchievementRow, 'id' | 'criteria'>,
): Promise<void> {
  if (criteria) await enqueueJob(tx, { job: REPLAY_JOB, key: id, tenantId, at: clock.now() });
}
