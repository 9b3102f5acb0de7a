import { lyingAt } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Where } from '@polity/kernel/db/rows';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { Achievement, type AchievementRow } from './achievement.entity.ts';
import { canGrant, canManage } from './achievement.policy.ts';
import { seenAchievements } from './achievement.visibility.ts';

interface ListArgs extends ConnectionArgs {
  scope?: ScopeRef | null;
  kind?: AchievementRow['kind'] | null;
}

export async function list(ctx: Context, { scope, kind, ...args }: ListArgs): Promise<Connection<AchievementRow>> {
  const visible = seenAchievements(await ctx.access.authorizer());
  const where: Where<Achievement>[] = [
    { archivedAt: null },
    ...(scope ? [lyingAt(scope)] : []),
    ...(kind ? [{ kind }] : []),
  ];
  return pageOf(ctx.em, Achievement, { list: 'achievements', args, order: newestFirst, where, visible });
}

export const viewerCanManage = async (ctx: Context, achievement: AchievementRow): Promise<boolean> =>
  ctx.viewer.kind === 'user' && canManage((await ctx.access.authorizer()).quiet, achievement.place());

export const viewerCanGrant = async (ctx: Context, achievement: AchievementRow): Promise<boolean> =>
  ctx.viewer.kind === 'user' && canGrant((await ctx.access.authorizer()).quiet, achievement.place());
