import type { Where } from '@polity/kernel/db/rows';
import { never, type Sql, sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { newestFirst } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import type { AchievementRow } from '../achievement/achievement.entity.ts';
import { canGrant } from '../achievement/achievement.policy.ts';
import { managed, ofSeenAchievement, seenGrants } from '../achievement/achievement.visibility.ts';
import { periodsAt } from '../player/player.service.ts';
import { Progress, type ProgressRow } from '../rule/progress.entity.ts';
import { Grant, type GrantRow, type GrantStatus } from './grant.entity.ts';

interface GrantArgs extends ConnectionArgs {
  kind?: AchievementRow['kind'] | null;
  status?: GrantStatus | null;
}

function statusIs(status: GrantStatus, now: Date): Sql {
  if (status === 'REVOKED') return sql(`t.status = 'REVOKED'`);
  if (status === 'ACTIVE')
    return sql(`t.status = 'ACTIVE' and (t.expires_at is null or t.expires_at > ?::timestamptz)`, now);
  return sql(`(t.status = 'EXPIRED' or t.status = 'ACTIVE' and t.expires_at <= ?::timestamptz)`, now);
}

const ofKind = (kind: AchievementRow['kind']): Sql =>
  sql(
    'exists (select 1 from achievement k where k.id = t.achievement_id and k.tenant_id = t.tenant_id and k.kind = ?)',
    kind,
  );

async function below(
  ctx: Context,
  parent: 'user_id' | 'achievement_id',
  id: string,
  { kind, status, ...args }: GrantArgs,
) {
  const where: Where<Grant>[] = [
    ...(kind ? [ofKind(kind)] : []),
    ...(status ? [statusIs(status, ctx.clock.now())] : []),
  ];
  const visible = seenGrants(await ctx.access.authorizer());
  const list = { list: `grants.${parent}`, entity: Grant, parent: `t.${parent}`, order: newestFirst };
  return ctx.loaders.pages<Grant>({ ...list, where, visible }, id, args);
}

export const ofUser = (ctx: Context, id: string, args: GrantArgs): Promise<Connection<GrantRow>> =>
  below(ctx, 'user_id', id, args);

export const ofAchievement = (ctx: Context, id: string, args: GrantArgs): Promise<Connection<GrantRow>> =>
  below(ctx, 'achievement_id', id, args);

/** Whether the viewer is told why somebody has it: its holder, and whoever may grant it. */
export async function isTold(ctx: Context, { userId, achievementId }: GrantRow): Promise<boolean> {
  if (ctx.viewer.kind !== 'user') return false;
  if (ctx.viewer.id === userId) return true;
  const achievement = await ctx.loaders.achievementById.load(achievementId);
  return achievement !== null && canGrant((await ctx.access.authorizer()).quiet, achievement.place());
}

/** How far a person is in the present, as they and those who manage the achievements see it. */
export async function progressOf(ctx: Context, userId: string, args: ConnectionArgs): Promise<Connection<ProgressRow>> {
  const authorizer = await ctx.access.authorizer();
  const own = ctx.viewer.kind === 'user' && ctx.viewer.id === userId;
  const player = own || ctx.viewer.kind === 'user' ? await ctx.loaders.playerOf.load(userId) : null;
  const periods = Object.values(periodsAt(ctx.clock.nowMs(), player?.zones));
  const shown = own ? sql('t.archived_at is null') : managed(authorizer);
  const where: Where<Progress>[] = [
    ...(ctx.viewer.kind === 'user' ? [] : [never]),
    { period: periods },
    ofSeenAchievement(authorizer, shown),
  ];
  const list = { list: 'user.progress', entity: Progress, parent: 't.user_id', order: newestFirst };
  return ctx.loaders.pages<Progress>({ ...list, where }, userId, args);
}
