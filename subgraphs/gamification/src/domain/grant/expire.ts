import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import type { JobDefinition } from '@polity/kernel/jobs/job';
import { serviceRequest } from '@polity/kernel/request/acting';
import type { Acting, Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { Achievement } from '../achievement/achievement.entity.ts';
import { EXPIRE_JOB, toldOfGrant } from './award.ts';

interface Due {
  id: string;
  userId: string;
  period: string;
  achievementId: string;
}

const EXPIRE = `update achievement_grant set status = 'EXPIRED'
  where tenant_id = ? and status = 'ACTIVE' and expires_at <= ? and `;
const WHAT = ' returning id, user_id as "userId", period, achievement_id as "achievementId"';

async function expireWhere(
  tx: EntityManager,
  acting: Acting,
  where: string,
  params: readonly unknown[],
): Promise<number> {
  const due = await tx.execute<Due[]>(`${EXPIRE}${where}${WHAT}`, [acting.tenantId, acting.clock.now(), ...params]);
  for (const grant of due) {
    const achievement = await tx.findOneOrFail(Achievement, { id: grant.achievementId });
    const data = toldOfGrant(grant, achievement);
    await recordEvent(tx, acting, 'gamification.grant.expired', { subject: grant.id, data });
  }
  return due.length;
}

/** Ends the grants of a person whose time is over, so that the achievement can be granted to them again. */
export const expireOf = (tx: EntityManager, acting: Acting, { id }: { id: string }, userId: string): Promise<number> =>
  expireWhere(tx, acting, 'achievement_id = ? and user_id = ?', [id, userId]);

/** Ends a grant when its time is over. What is read says so by itself; this is for those who wait for the event. */
export const expireJob: JobDefinition<unknown, Context> = {
  name: EXPIRE_JOB,
  quiet: true,
  async run({ key, tenantId }, _runtime, _ports, open) {
    const ctx = open(serviceRequest('gamification', tenantId));
    return { expired: await write(ctx, (tx) => expireWhere(tx, ctx, 'id = ?', [key])) };
  },
};
