import type { LendingDriver } from '@polity/kernel/db/lending';
import { readRow } from '@polity/kernel/db/rows';
import { all, always, numbered, sql } from '@polity/kernel/db/sql';
import { write } from '@polity/kernel/domain/write';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { canKeepFeed } from '../home/home.policy.ts';
import { Notification } from './notification.entity.ts';
import { type Told, tellable, thingsOf } from './told.ts';

interface ListArgs extends ConnectionArgs {
  unread?: boolean | null;
}

/** The viewer's notifications, newest first, without those of which they may not be told any more; null for all but people. */
export async function list(ctx: Context, { unread, ...args }: ListArgs): Promise<Connection<Told> | null> {
  if (ctx.viewer.kind !== 'user') return null;
  const where = all(
    sql('t.user_id = ?', ctx.viewer.id),
    sql('t.listed'),
    unread === true ? sql('t.read_at is null') : always,
  );
  const named = { list: unread === true ? 'notifications.unread' : 'notifications', args, order: newestFirst };
  const { edges, ...page } = await pageOf(ctx.em, Notification, { ...named, where });
  const rows = edges.map(({ node }) => node);
  const things = await thingsOf(ctx, rows, false);
  const told = new Map(tellable(await ctx.access.authorizer(), rows, things).map((each) => [each.row.id, each]));
  const seen = edges.flatMap(({ cursor, node }) => {
    const found = told.get(node.id);
    return found ? [{ cursor, node: found }] : [];
  });
  return { ...page, edges: seen };
}

/** The newest of them. */
export async function newest(ctx: Context): Promise<Told | null> {
  // More than one is read, since the first may just have ceased to be seen.
  return (await list(ctx, { first: 5 }))?.edges[0]?.node ?? null;
}

const MAX_UNREAD = 100;
const UNREAD = `select count(*)::int from (select 1 from notification where tenant_id = ? and user_id = ? and listed and read_at is null
  limit ${MAX_UNREAD}) as unread`;

/** How many the viewer has not read, 100 for any more; null for all but people. */
export async function unreadCount({ em, viewer, tenantId }: Context): Promise<number | null> {
  if (viewer.kind !== 'user') return null;
  const [row] = await (em.getDriver() as LendingDriver).read(em, numbered(UNREAD), [tenantId, viewer.id]);
  return (row?.[0] as number | undefined) ?? 0;
}

const READ = `update notification set read_at = coalesce(read_at, ?), mail_at = null, push_due = false where tenant_id = ? and user_id = ?`;

/** Marks one as read; again it stays as it was. Throws NotFound for another's, and for what the viewer may not be told. */
export async function markRead(ctx: Context, id: string): Promise<Told> {
  const own = { userId: ctx.viewer.id as string, listed: true };
  const found = isUuid(id) ? await readRow(ctx.em, Notification, { where: [{ id, ...own }] }) : null;
  const things = found && (await thingsOf(ctx, [found], false));
  const [told] = found && things ? tellable(await ctx.access.authorizer(), [found], things) : [];
  if (!told) throw new NotFound('This notification');
  const now = ctx.clock.now();
  await write(ctx, async (tx) => {
    await tx.execute(`${READ} and id = ?`, [now, ctx.tenantId, ctx.viewer.id, id]);
  });
  const row = (await readRow(ctx.em, Notification, { where: [{ id, ...own }] })) ?? told.row;
  return { ...told, row };
}

/** Marks all up to a moment as read and answers how many are left unread. Throws Forbidden. */
export async function markAllRead(ctx: Context, upTo: Date): Promise<number | null> {
  if (!canKeepFeed(await ctx.access.authorizer())) throw new Forbidden();
  await write(ctx, async (tx) => {
    const own = [ctx.clock.now(), ctx.tenantId, ctx.viewer.id];
    await tx.execute(`${READ} and read_at is null and created_at <= ?`, [...own, upTo]);
  });
  return unreadCount(ctx);
}
