import type { MasterFlag } from '@polity/kernel/access/set';
import { sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Forbidden } from '@polity/kernel/graph/errors';
import { oldestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { SubjectFlag, type SubjectFlagRow } from './flag.entity.ts';
import { canManageFlags } from './flag.policy.ts';

/** Live flags of a user; null for viewers other than the user and system administrators. */
export async function grantsOf(ctx: Context, userId: string): Promise<SubjectFlagRow[] | null> {
  const now = ctx.clock.now();
  if (ctx.viewer.kind !== 'user') return null;
  if (ctx.viewer.id !== userId && !(await ctx.access.authorizer()).administers) return null;
  const found = await ctx.loaders.flagsOfUser.load(userId);
  return found.filter(({ validUntil }) => !validUntil || validUntil > now);
}

/** The same without how they came to be. */
export async function flagsOf(ctx: Context, userId: string): Promise<MasterFlag[] | null> {
  const grants = await grantsOf(ctx, userId);
  return grants && [...new Set(grants.map(({ flag }) => flag))];
}

interface Asked extends ConnectionArgs {
  flag?: MasterFlag | null;
}

/** Live flags of everybody, oldest first. Throws FORBIDDEN for all but system administrators. */
export async function list(ctx: Context, { flag, ...args }: Asked): Promise<Connection<SubjectFlagRow>> {
  if (!canManageFlags(await ctx.access.authorizer())) throw new Forbidden();
  const live = sql('(t.valid_until is null or t.valid_until > ?)', ctx.clock.now());
  const where = [live, { flag: flag ?? undefined }];
  return pageOf(ctx.em, SubjectFlag, { list: 'masterFlagGrants', args, where, order: oldestFirst });
}
