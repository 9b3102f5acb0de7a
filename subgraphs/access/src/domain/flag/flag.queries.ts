import type { MasterFlag } from '@polity/kernel/access/set';
import type { Context } from '../../context.ts';

/** Live flags of a user, of the tenant and of the platform; null for viewers other than the user and system administrators. */
export async function flagsOf(ctx: Context, userId: string): Promise<MasterFlag[] | null> {
  const now = ctx.clock.now();
  if (ctx.viewer.kind !== 'user') return null;
  if (ctx.viewer.id !== userId && !(await ctx.access.asker()).administers) return null;
  const found = await ctx.loaders.flagsOfUser.load(userId);
  return [...new Set(found.filter(({ validUntil }) => !validUntil || validUntil > now).map((row) => row.flag))];
}
