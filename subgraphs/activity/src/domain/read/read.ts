import { always, type Sql, sql } from '@polity/kernel/db/sql';
import { write } from '@polity/kernel/domain/write';
import { Forbidden } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { canKeepFeed } from '../home/home.policy.ts';

/** The largest id of that millisecond: entries are named by UUIDv7, which begin with the time (RFC 9562 section 5.7). */
function lastIdOf(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-ffff-ffff-ffffffffffff`;
}

/** Entries that a person has not read, as a condition. */
export async function afterMark(ctx: Context, userId: string): Promise<Sql> {
  const mark = await ctx.loaders.markOf.load(userId);
  return mark ? sql('t.id > ?', lastIdOf(mark.upTo)) : always;
}

/** Whether the viewer has read the entry; null for all but people. */
export async function isRead(ctx: Context, entryId: string): Promise<boolean | null> {
  if (ctx.viewer.kind !== 'user') return null;
  const mark = await ctx.loaders.markOf.load(ctx.viewer.id as string);
  return mark !== null && entryId <= lastIdOf(mark.upTo);
}

const MARK = `insert into read_mark as known (id, created_at, tenant_id, user_id, up_to) values (?, ?, ?, ?, ?)
  on conflict on constraint read_mark_unique do update set up_to = greatest(known.up_to, excluded.up_to)`;

/** Marks the home feed as read up to a moment; a mark never moves back, nor beyond now. Throws Forbidden. */
export async function markRead(ctx: Context, upTo: Date): Promise<void> {
  if (!canKeepFeed(await ctx.access.authorizer())) throw new Forbidden();
  const now = ctx.clock.now();
  const at = new Date(Math.max(0, Math.min(upTo.getTime(), now.getTime())));
  await write(ctx, async (tx) => {
    await tx.execute(MARK, [uuidv7(), now, ctx.tenantId, ctx.viewer.id, at]);
  });
}
