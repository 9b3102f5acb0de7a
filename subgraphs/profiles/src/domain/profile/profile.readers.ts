import { holdsBindingAt } from '@polity/kernel/access/visibility';
import { readRows } from '@polity/kernel/db/rows';
import { InvalidInput } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { Follow } from '../follow/follow.entity.ts';
import { Profile } from './profile.entity.ts';
import { isAmong, privacyOf, type Reader } from './profile.privacy.ts';

const MAX_IDS = 1_000;

/** What a person, or nobody in particular, is to others, by their ids. */
async function readerOfEach(ctx: Context, viewerId: string | null, userIds: readonly string[]) {
  if (viewerId === null) return (): Reader => 'STRANGER';
  const { set, nowMs } = await ctx.accessOf(viewerId).authorizer();
  const belongs = holdsBindingAt(set, ctx.tenantId, nowMs);
  const follows = await readRows(ctx.em, Follow, {
    where: [{ followerId: viewerId, followedId: userIds, status: 'ACTIVE' }],
  });
  const followed = new Set(follows.map(({ followedId }) => followedId));
  return (id: string): Reader => {
    if (id === viewerId) return 'SELF';
    if (!belongs) return 'STRANGER';
    return followed.has(id) ? 'FOLLOWER' : 'MEMBER';
  };
}

/** Those of these people of whom somebody may read what they did; null asks for nobody in particular. Throws InvalidInput beyond 1,000. */
export async function readableActivity(
  ctx: Context,
  { viewerId, userIds }: { viewerId?: string | null; userIds: readonly string[] },
): Promise<string[]> {
  if (userIds.length > MAX_IDS) throw new InvalidInput({ userIds: `must be at most ${MAX_IDS}` });
  const readerOf = await readerOfEach(ctx, viewerId ?? null, userIds);
  const profiles = await readRows(ctx.em, Profile, { where: [{ userId: userIds }] });
  const chosen = new Map(profiles.map(({ userId, privacy }) => [userId, privacy]));
  return userIds.filter((id) => isAmong(readerOf(id), privacyOf(chosen.get(id)).activity));
}
