import type { ScopeRef } from '@polity/kernel/access/tree';
import { type Visible, visiblePage } from '@polity/kernel/db/branches';
import type { LendingDriver } from '@polity/kernel/db/lending';
import { all, always, never, numbered, type Sql, sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { byNoneOf, type Choices, communityIn, homePlaces, homeWhere, mutedPeople } from '../home/home.ts';
import { ofTypes, readTypes } from '../home/types.ts';
import { afterMark } from '../read/read.ts';
import { Activity, type ActivityRow } from './activity.entity.ts';
import { seenActivities, seenAt } from './activity.visibility.ts';
import { type Entry, type Group, groupsOf } from './entry.ts';

interface FeedArgs extends ConnectionArgs {
  scope?: ScopeRef | null;
  types?: readonly string[] | null;
  grouped?: boolean | null;
}

/** Which entries a feed has: those that meet the condition and are seen for one of the reasons. */
interface Feed {
  where: Sql;
  visible: Visible;
  choices: Choices | null;
}

const nothing: Feed = { where: never, visible: [], choices: null };

async function homeFeed(ctx: Context, grouped: boolean): Promise<Feed> {
  if (ctx.viewer.kind !== 'user') return nothing;
  const [authorizer, tree] = [await ctx.access.authorizer(), await ctx.access.tree()];
  const choices = await ctx.loaders.choices.load(ctx.viewer.id as string);
  const visible = seenAt(authorizer, homePlaces(authorizer, tree, choices));
  return { where: homeWhere(choices, grouped), visible, choices };
}

async function feedOf(ctx: Context, { type, id }: ScopeRef): Promise<Feed> {
  const [authorizer, tree] = [await ctx.access.authorizer(), await ctx.access.tree()];
  if (!isUuid(id)) return nothing;
  if (type === 'TENANT') return { ...nothing, where: sql('t.tenant_id = ?', id), visible: seenActivities(authorizer) };
  const communityOf = communityIn(tree);
  const { memberOf, managed } = authorizer.sees({ read: 'portal.post.read', manage: 'portal.post.manage' });
  const known = [...new Set([...memberOf.teams, ...managed.teams])];
  const places =
    type === 'TEAM'
      ? { tenant: false, communities: [], teams: [id], communityOf }
      : { tenant: false, communities: [id], teams: known.filter((team) => communityOf(team) === id), communityOf };
  const where = sql(type === 'TEAM' ? 't.team_id = ?' : 't.community_id = ?', id);
  return { ...nothing, where, visible: seenAt(authorizer, places) };
}

async function entryOf(ctx: Context, row: ActivityRow, group: Group | null): Promise<Entry | null> {
  const thing = await ctx.loaders.things[row.objectType].load(row.objectId);
  if (!thing || group?.size === 0) return null;
  return { row, thing, actorId: group ? (group.actorIds[0] ?? null) : (row.actorId ?? null), group };
}

/** Those between whom and the viewer a block stands. */
const hiddenPeople = async (ctx: Context): Promise<readonly string[]> => (await ctx.access.set()).blocks.hidden;

/** The same page with what may be read of each row at this moment; rows whose things ceased to be seen are left out. */
async function asEntries(
  ctx: Context,
  { edges, ...page }: Connection<ActivityRow>,
  grouped: boolean,
  leftOut: ReadonlySet<string> = new Set(),
): Promise<Connection<Entry>> {
  const keys = grouped ? edges.flatMap(({ node }) => node.groupKey ?? []) : [];
  const groups = await groupsOf(ctx, keys, leftOut);
  const found = await Promise.all(
    edges.map(async ({ cursor, node }) => {
      const entry = await entryOf(ctx, node, groups.get(node.groupKey ?? '') ?? null);
      return entry && { cursor, node: entry };
    }),
  );
  return { ...page, edges: found.filter((edge) => edge !== null) };
}

/** What happened at home or at a scope. Throws InvalidInput for types that are none. */
export async function feed(ctx: Context, { scope, types, grouped, ...args }: FeedArgs): Promise<Connection<Entry>> {
  const only = readTypes(types);
  const isGrouped = grouped === true;
  const { where, visible, choices } = scope ? await feedOf(ctx, scope) : await homeFeed(ctx, isGrouped);
  const hidden = await hiddenPeople(ctx);
  const wanted = [
    where,
    byNoneOf(hidden, isGrouped),
    only ? ofTypes(only) : always,
    isGrouped ? sql('t.is_head') : always,
  ];
  // Between `never` and other conditions nothing is asked of the database.
  const list = { list: isGrouped ? 'feed.grouped' : 'feed', args, order: newestFirst, visible };
  const page = await pageOf(ctx.em, Activity, { ...list, where: where === never ? never : all(...wanted) });
  return asEntries(ctx, page, isGrouped, new Set([...(choices ? mutedPeople(choices) : []), ...hidden]));
}

/** The newest entry of a feed. */
export async function newest(ctx: Context, scope: ScopeRef | null | undefined): Promise<Entry | null> {
  // More than one is read, since the first may just have ceased to be seen.
  const { edges } = await feed(ctx, { scope: scope ?? null, first: 5 });
  return edges[0]?.node ?? null;
}

/** What a person did, as far as the viewer may see it; nothing where the person keeps it from them. */
export async function ofUser(ctx: Context, userId: string, args: ConnectionArgs): Promise<Connection<Entry>> {
  const visible = seenActivities(await ctx.access.authorizer());
  const isReadable = (await ctx.loaders.readable.load(userId)) !== null;
  const where = isReadable ? byNoneOf(await hiddenPeople(ctx), false) : never;
  const list = { list: 'user.activity', entity: Activity, parent: 't.actor_id', order: newestFirst, where, visible };
  return asEntries(ctx, await ctx.loaders.pages(list, userId, args), false);
}

const MAX_UNREAD = 100;

/** How many entries of the viewer's home feed are newer than their mark, 100 for any more; null for all but people. */
export async function unreadCount(ctx: Context): Promise<number | null> {
  if (ctx.viewer.kind !== 'user') return null;
  const { where, visible } = await homeFeed(ctx, false);
  const newer = await afterMark(ctx, ctx.viewer.id as string);
  const page = visiblePage(visible, {
    keys: 't.id as k0',
    from: 'activity t',
    where: all(sql('t.tenant_id = ?', ctx.tenantId), newer, where, byNoneOf(await hiddenPeople(ctx), false)),
    orderBy: 't.id desc',
    limit: MAX_UNREAD,
  });
  const text = `select count(*)::int from (select k0 from (${page.sql}) as seen limit ${MAX_UNREAD}) as unread`;
  const [row] = await (ctx.em.getDriver() as LendingDriver).read(ctx.em, numbered(text), page.params);
  return (row?.[0] as number | undefined) ?? 0;
}
