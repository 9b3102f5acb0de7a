import type { EntityManager } from '@mikro-orm/postgresql';
import { checked, readNeededReason, readReason } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { getVisible } from '@polity/kernel/graph/row-loaders';
import { canonicalId, isUuid } from '@polity/kernel/ids';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import type { AchievementRow } from '../achievement/achievement.entity.ts';
import { AchievementArchived } from '../achievement/achievement.errors.ts';
import { canGrant, canHold } from '../achievement/achievement.policy.ts';
import { getAchievement } from '../achievement/achievement.service.ts';
import { seenGrants } from '../achievement/achievement.visibility.ts';
import { periodsAt, zonesIn } from '../player/player.service.ts';
import { award, type NewGrant, takeAway } from './award.ts';
import { expireOf } from './expire.ts';
import { Grant } from './grant.entity.ts';
import { AlreadyGranted, GrantEnded } from './grant.errors.ts';

const EVIDENCE = 'must be an object of at most 2,000 characters as JSON';
const grantInput = z.object({
  achievementId: z.string(),
  userId: z.string(),
  evidence: z
    .unknown()
    .refine(
      (value) => value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value)),
      EVIDENCE,
    )
    .refine((value) => JSON.stringify(value ?? null).length <= 2_000, EVIDENCE)
    .optional(),
});

/** The achievement for whoever may grant it. Throws NotFound, Forbidden, AchievementArchived. */
export async function achievementToGrant(ctx: Context, tx: EntityManager, id: string): Promise<AchievementRow> {
  const authorizer = await ctx.access.authorizer();
  const achievement = await getAchievement(tx, authorizer, id);
  if (!canGrant(authorizer, achievement.place())) throw new Forbidden();
  if (achievement.archivedAt) throw new AchievementArchived();
  return achievement;
}

/** Whether the person belongs to the place of the achievement. */
export async function mayHold(ctx: Context, achievement: AchievementRow, userId: string): Promise<boolean> {
  if (!isUuid(userId)) return false;
  const person = await ctx.accessOf(userId).authorizer();
  return canHold(person.quiet, achievement.place());
}

type ByHand = Omit<NewGrant, 'period' | 'grantedBy'>;

/** Grants by hand, in the period in which the person lives now; null where they have it. */
export async function awardByHand(tx: EntityManager, ctx: Context, given: ByHand): Promise<string | null> {
  const { achievement, userId } = given;
  await expireOf(tx, ctx, achievement, userId);
  const zones = await zonesIn(tx, ctx.tenantId, [userId]);
  const period = periodsAt(ctx.clock.nowMs(), zones.get(userId))[achievement.period];
  return award(tx, ctx, { ...given, period, grantedBy: ctx.viewer.id as string });
}

type GrantInput = { achievementId: string; userId: string; reason?: string | null; evidence?: unknown };

/** Grants an achievement by hand. Throws InvalidInput, NotFound, Forbidden, AchievementArchived, AlreadyGranted. */
export async function grant(ctx: Context, { reason: said, ...input }: GrantInput): Promise<Grant> {
  const given = checked(grantInput, input);
  const [reason, userId] = [readReason(said), canonicalId(given.userId)];
  const seen = await achievementToGrant(ctx, ctx.em, given.achievementId);
  if (!(await mayHold(ctx, seen, userId))) throw new NotFound('This person');
  return write(ctx, async (tx) => {
    const achievement = await achievementToGrant(ctx, tx, given.achievementId);
    const evidence = (given.evidence as object | null | undefined) ?? null;
    const id = await awardByHand(tx, ctx, { achievement, userId, reason, evidence });
    if (!id) throw new AlreadyGranted();
    return tx.findOneOrFail(Grant, { id });
  });
}

/** Takes a grant away. Throws InvalidInput, NotFound, Forbidden, GrantEnded. */
export async function revoke(ctx: Context, id: string, said: string): Promise<Grant> {
  const reason = readNeededReason(said);
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const found = await getVisible(tx, Grant, { id, visible: seenGrants(authorizer), noun: 'This grant' });
    const achievement = await getAchievement(tx, authorizer, found.achievementId);
    if (!canGrant(authorizer, achievement.place())) throw new Forbidden();
    const taken = await takeAway(tx, ctx, { grant: found, achievement, by: ctx.viewer.id, reason });
    const now = (await tx.refresh(found)) ?? found;
    if (!taken) throw new GrantEnded(now.statusAt(ctx.clock.now()));
    return now;
  });
}
