import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import { cancelJob, enqueueJob } from '@polity/kernel/jobs/enqueue';
import type { Acting } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import type { AchievementRow } from '../achievement/achievement.entity.ts';
import { toldOf } from '../achievement/achievement.told.ts';
import { type Grant, ONE_ACTIVE } from './grant.entity.ts';

export const EXPIRE_JOB = 'expire-grant';
const DAY_MS = 86_400_000;

/** What is granted, to whom, and by whom: null for a rule. */
export interface NewGrant {
  achievement: AchievementRow;
  userId: string;
  period: string;
  grantedBy: string | null;
  reason?: string | null;
  evidence?: object | null;
}

const INSERT = `insert into achievement_grant
    (id, created_at, tenant_id, achievement_id, user_id, period, version, status, granted_at, granted_by, reason, evidence, expires_at)
  select ?::uuid, ?::timestamptz, ?::uuid, ?::uuid, ?::uuid, ?, ?, 'ACTIVE', ?::timestamptz, ?::uuid, ?, ?::jsonb, ?::timestamptz
  on conflict ${ONE_ACTIVE} do nothing returning id`;

const HAD = `select 1 from achievement_grant where tenant_id = ? and achievement_id = ? and user_id = ? and period = ? limit 1`;

/** Whether the person was ever granted it in this period: then no rule grants it again, however that grant ended. */
export async function wasGranted(tx: EntityManager, { tenantId, id }: AchievementRow, userId: string, period: string) {
  return (await tx.execute<unknown[]>(HAD, [tenantId, id, userId, period])).length > 0;
}

export const toldOfGrant = (
  { id, userId, period }: { id: string; userId: string; period: string },
  achievement: AchievementRow,
) => ({ ...toldOf(achievement), grantId: id, userId, period });

/** Grants an achievement in the transaction of whoever does; returns the id of the grant, or null where one stands already. */
export async function award(tx: EntityManager, acting: Acting, given: NewGrant): Promise<string | null> {
  const { achievement, userId, period, grantedBy, reason = null, evidence = null } = given;
  const [id, now, { tenantId, validForDays }] = [uuidv7(), acting.clock.now(), achievement];
  const expiresAt = validForDays ? new Date(now.getTime() + validForDays * DAY_MS) : null;
  const what = [id, now, tenantId, achievement.id, userId, period, achievement.version, now];
  const how = [grantedBy, reason, evidence === null ? null : JSON.stringify(evidence), expiresAt];
  if ((await tx.execute<unknown[]>(INSERT, [...what, ...how])).length === 0) return null;
  if (expiresAt) await enqueueJob(tx, { job: EXPIRE_JOB, key: id, tenantId, at: expiresAt });
  const data = {
    ...toldOfGrant({ id, userId, period }, achievement),
    by: grantedBy ? ('PERSON' as const) : ('RULE' as const),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
  await recordEvent(tx, acting, 'gamification.grant.awarded', { subject: id, data });
  return id;
}

const REVOKE = `update achievement_grant set status = 'REVOKED', revoked_at = ?, revoked_by = ?, revoke_reason = ?
  where tenant_id = ? and id = ? and status = 'ACTIVE' and (expires_at is null or expires_at > ?) returning id`;

/** Takes a grant away that stands; false for one that does not. Of several at once, one does. */
export async function takeAway(
  tx: EntityManager,
  acting: Acting,
  {
    grant,
    achievement,
    by,
    reason,
  }: { grant: Pick<Grant, 'id' | 'userId' | 'period'>; achievement: AchievementRow; by: string | null; reason: string },
): Promise<boolean> {
  const [now, { tenantId }] = [acting.clock.now(), achievement];
  if ((await tx.execute<unknown[]>(REVOKE, [now, by, reason, tenantId, grant.id, now])).length === 0) return false;
  await cancelJob(tx, { job: EXPIRE_JOB, key: grant.id, tenantId });
  const data = { ...toldOfGrant(grant, achievement), by: by ? ('PERSON' as const) : ('RULE' as const) };
  await recordEvent(tx, acting, 'gamification.grant.revoked', { subject: grant.id, data });
  return true;
}
