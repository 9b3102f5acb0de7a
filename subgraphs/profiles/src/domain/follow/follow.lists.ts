import { peopleShown } from '@polity/kernel/access/blocks';
import { all, sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { type Loader, loaderBy } from '@polity/kernel/graph/loader';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../person.ts';
import { sees, viewOf } from '../profile/profile.view.ts';
import { Follow, type FollowRow } from './follow.entity.ts';

/** The one side of a follow by which it is found, and the other, which is shown. */
const sides = {
  followers: { parent: 't.followed_id', shown: 't.follower_id', personOf: ({ followerId }: FollowRow) => followerId },
  following: { parent: 't.follower_id', shown: 't.followed_id', personOf: ({ followedId }: FollowRow) => followedId },
};
type Side = keyof typeof sides;

function people(page: Connection<FollowRow>, personOf: (row: FollowRow) => string): Connection<PersonRef> {
  return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: { id: personOf(node) } })) };
}

async function mayRead(ctx: Context, userId: string): Promise<boolean> {
  const view = await viewOf(ctx, userId);
  return view !== null && sees(view, 'follows');
}

/** Followers of a person, or whom they follow, the last first; null for who may not read it. */
export async function ofUser(
  ctx: Context,
  side: Side,
  userId: string,
  args: ConnectionArgs,
): Promise<Connection<PersonRef> | null> {
  if (!(await mayRead(ctx, userId))) return null;
  const { parent, shown, personOf } = sides[side];
  const where = all(sql(`t.status = 'ACTIVE'`), peopleShown(await ctx.access.authorizer(), shown));
  const list = { list: `user.${side}`, entity: Follow, parent, where, order: newestFirst };
  return people(await ctx.loaders.pages<Follow>(list, userId, args), personOf);
}

/** Who waits for the viewer's answer, the last first. */
export async function requests(ctx: Context, args: ConnectionArgs): Promise<Connection<PersonRef>> {
  const where = [
    { followedId: ctx.viewer.id, status: 'REQUESTED' },
    peopleShown(await ctx.access.authorizer(), 't.follower_id'),
  ];
  const page = await pageOf(ctx.em, Follow, { list: 'followRequests', args, order: newestFirst, where });
  return people(page, sides.followers.personOf);
}

interface Count {
  userId: string;
  followers: number;
  following: number;
}

const MAX_COUNT = 10_000;
const counted = (column: string) =>
  `(select count(*)::int from (select from follow where tenant_id = ? and ${column} = person.id and status = 'ACTIVE' limit ${MAX_COUNT}) as few)`;
const COUNTS = `select person.id as "userId", ${counted('followed_id')} as followers, ${counted('follower_id')} as following
  from unnest(?::uuid[]) as person(id)`;

/** Numbers of people in one statement, none of which counts beyond 10,000. */
export function followCounts({ em, tenantId }: BaseContext): Loader<string, Count | null> {
  return loaderBy(
    (ids: readonly string[]) => em.execute<Count[]>(COUNTS, [tenantId, tenantId, `{${ids.join(',')}}`]),
    ({ userId }) => userId,
  );
}

export async function countOf(ctx: Context, side: Side, userId: string): Promise<number | null> {
  return (await mayRead(ctx, userId)) ? ((await ctx.loaders.followCounts.load(userId))?.[side] ?? 0) : null;
}

/** How far the viewer is with following somebody; null where they do not, and for all but people. */
export async function statusOf(ctx: Context, userId: string): Promise<FollowRow['status'] | null> {
  if (ctx.viewer.kind !== 'user') return null;
  return (await ctx.loaders.viewerFollow.load(userId))?.status ?? null;
}

export async function viewerFollows(ctx: Context, userId: string): Promise<boolean | null> {
  return ctx.viewer.kind === 'user' ? (await statusOf(ctx, userId)) === 'ACTIVE' : null;
}
