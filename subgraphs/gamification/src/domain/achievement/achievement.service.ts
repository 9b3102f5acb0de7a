import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { getPlace, mustLive } from '@polity/kernel/access/place';
import { visibilityAt } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { checked } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { keepUpload } from '@polity/kernel/files/request-files';
import { Conflict, Forbidden } from '@polity/kernel/graph/errors';
import { getVisible } from '@polity/kernel/graph/row-loaders';
import { uuidv7 } from '@polity/kernel/ids';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { readRule } from '../rule/rule.input.ts';
import { replayLater } from '../rule/schedule.ts';
import { lockTenant } from '../rule/tenant.lock.ts';
import { Achievement } from './achievement.entity.ts';
import { AchievementArchived, achievementErrors } from './achievement.errors.ts';
import { achievementChanges, newAchievement } from './achievement.input.ts';
import { canManage, codes } from './achievement.policy.ts';
import { toldOf } from './achievement.told.ts';
import { seenAchievements } from './achievement.visibility.ts';

/** Achievements of one tenant. */
const MAX = 2_000;

type NewAchievement = z.input<typeof newAchievement> & { scope: ScopeRef; criteria?: unknown };
type AchievementChanges = z.input<typeof achievementChanges> & { criteria?: unknown };

type What = 'created' | 'updated' | 'archived';

const tell = (tx: EntityManager, ctx: Context, achievement: Achievement, what: What) =>
  recordEvent(tx, ctx, `gamification.achievement.${what}`, { subject: achievement.id, data: toldOf(achievement) });

/** The achievement for a verb. Throws NotFound for hidden and missing alike. */
export const getAchievement = (tx: EntityManager, authorizer: Authorizer, id: string): Promise<Achievement> =>
  getVisible(tx, Achievement, { id, visible: seenAchievements(authorizer), noun: 'This achievement' });

/** Makes an achievement. Throws InvalidInput, NotFound, Forbidden, AlreadyExists, Conflict. */
export async function create(ctx: Context, { scope, criteria: given, ...input }: NewAchievement): Promise<Achievement> {
  const { image: token, visibility: chosen, hidden = false, ...settings } = checked(newAchievement, input);
  const visibility = visibilityAt(scope.type, chosen);
  const place = await getPlace(ctx.access, scope, codes);
  if (!canManage(await ctx.access.authorizer(), place)) throw new Forbidden();
  mustLive(place);
  const { description = '', points = 0, period = 'ONCE', ...rest } = settings;
  const target = { key: rest.key, period, place, tree: await ctx.access.tree() };
  await readRule(ctx.em, given, target);
  const image = token ? await ctx.files.claim(token, 'IMAGE') : null;
  return write(
    ctx,
    async (tx) => {
      await lockTenant(tx, ctx.tenantId);
      if ((await tx.count(Achievement, {})) >= MAX)
        throw new Conflict(`A tenant has at most ${MAX} achievements.`, { reason: 'TOO_MANY_ACHIEVEMENTS' });
      // Again, as others may have come meanwhile.
      const rule = await readRule(tx, given, target);
      if (image) await keepUpload(tx, image, ctx.clock.now());
      const { communityId, teamId } = place;
      const own = { id: uuidv7(), tenantId: ctx.tenantId, authorId: ctx.viewer.id as string, communityId, teamId };
      const achievement = tx.create(Achievement, {
        ...{ ...own, ...rest, ...rule, description, points, period, hidden, version: 1, ruleVersion: 1 },
        ...{
          chosenVisibility: visibility,
          visibility: hidden ? 'PRIVATE' : visibility,
          imageFile: image?.name ?? null,
        },
      });
      await tell(tx, ctx, achievement, 'created');
      await replayLater(tx, ctx, achievement);
      return achievement;
    },
    achievementErrors,
  );
}

/** Changes an achievement. Throws InvalidInput, NotFound, Forbidden, AchievementArchived. */
export async function update(
  ctx: Context,
  id: string,
  { criteria: given, ...input }: AchievementChanges,
): Promise<Achievement> {
  const { image: token, visibility: chosen, hidden, ...changes } = checked(achievementChanges, input);
  const [authorizer, tree] = [await ctx.access.authorizer(), await ctx.access.tree()];
  const image = token ? await ctx.files.claim(token, 'IMAGE') : null;
  return write(ctx, async (tx) => {
    await lockTenant(tx, ctx.tenantId);
    const achievement = await getAchievement(tx, authorizer, id);
    const place = achievement.place();
    if (!canManage(authorizer, place)) throw new Forbidden();
    if (achievement.archivedAt) throw new AchievementArchived();
    const visibility = chosen ? visibilityAt(place.scope.type, chosen) : achievement.chosenVisibility;
    const { key, period } = achievement;
    const rule = given === undefined ? null : await readRule(tx, given, { key, period, place, tree });
    if (image) await keepUpload(tx, image, ctx.clock.now());
    const imageFile = token === undefined ? achievement.imageFile : (image?.name ?? null);
    const wanted = { hidden: hidden ?? achievement.hidden, visibility };
    achievement.edit({ ...changes, imageFile }, wanted, ctx.clock.now());
    if (rule) achievement.takeRule(rule);
    await tell(tx, ctx, achievement, 'updated');
    if (rule) await replayLater(tx, ctx, achievement);
    return achievement;
  });
}

/** Archives an achievement; one that is stays as it is. Throws NotFound, Forbidden. */
export async function archive(ctx: Context, id: string): Promise<Achievement> {
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    await lockTenant(tx, ctx.tenantId);
    const achievement = await getAchievement(tx, authorizer, id);
    if (!canManage(authorizer, achievement.place())) throw new Forbidden();
    if (achievement.archivedAt) return achievement;
    achievement.archive(ctx.clock.now());
    await tell(tx, ctx, achievement, 'archived');
    return achievement;
  });
}
