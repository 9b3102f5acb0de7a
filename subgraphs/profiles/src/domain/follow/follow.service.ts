import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { Conflict, NotFound } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { type ProfilesEvents, recordEvent } from '../../events.ts';
import { lockPair, mustBelong, type Pair, type PersonRef, pairWith } from '../person.ts';
import { Profile } from '../profile/profile.entity.ts';

const PERMISSION = 'profiles.person.follow';
const MAX_FOLLOWED = 5_000;

const INSERT = `insert into follow (id, created_at, tenant_id, follower_id, followed_id, status) values (?, ?, ?, ?, ?, ?)
  on conflict on constraint follow_unique do nothing returning 1`;
const COUNT = 'select count(*)::int as n from follow where tenant_id = ? and follower_id = ?';
const APPROVE = `update follow set status = 'ACTIVE' where tenant_id = ? and follower_id = ? and followed_id = ? and status = 'REQUESTED' returning 1`;
const END = 'delete from follow where tenant_id = ? and follower_id = ? and followed_id = ? returning 1';
// What one person follows is counted by one transaction at a time.
const COUNT_LOCK = 'select pg_advisory_xact_lock(hashtextextended(?::text || ?::text, 6))';

type FollowEvent = Extract<keyof ProfilesEvents, `profiles.follow.${string}`>;

const tell = (tx: EntityManager, ctx: Context, type: FollowEvent, followerId: string, followedId: string) =>
  recordEvent(tx, ctx, type, { subject: followedId, data: { followerId, followedId } });

async function asksFirst(tx: EntityManager, userId: string): Promise<boolean> {
  return (await tx.findOne(Profile, { userId }))?.approvesFollowers === true;
}

/** Throws NotFound where the other has blocked the viewer, as if they were not there, and CONFLICT where the viewer has blocked them. */
async function mustBeSeen(ctx: Context, { otherId }: Pair): Promise<void> {
  const { blocked, blockers } = (await ctx.access.fresh()).set.blocks;
  if (blockers.includes(otherId)) throw new NotFound('This person');
  if (blocked.includes(otherId)) throw new Conflict('You have blocked this person.', { reason: 'BLOCKED' });
}

async function insert(tx: EntityManager, ctx: Context, { viewerId, otherId }: Pair): Promise<void> {
  const { tenantId, clock } = ctx;
  await tx.execute(COUNT_LOCK, [tenantId, viewerId]);
  const status = (await asksFirst(tx, otherId)) ? 'REQUESTED' : 'ACTIVE';
  const row = [uuidv7(), clock.now(), tenantId, viewerId, otherId, status];
  if ((await tx.execute<unknown[]>(INSERT, row)).length === 0) return;
  const [found] = await tx.execute<[{ n: number }]>(COUNT, [tenantId, viewerId]);
  if (found.n > MAX_FOLLOWED) throw new Conflict(`You follow ${MAX_FOLLOWED} people.`, { limit: MAX_FOLLOWED });
  const type = status === 'ACTIVE' ? 'profiles.follow.created' : 'profiles.follow.requested';
  await tell(tx, ctx, type, viewerId, otherId);
}

/** Follows a member of the tenant, or asks them; the same again changes nothing. Throws Forbidden, NotFound, InvalidInput, Conflict. */
export async function follow(ctx: Context, id: string): Promise<PersonRef> {
  const pair = await pairWith(ctx, id, PERMISSION);
  await mustBelong(ctx, pair.otherId);
  return write(ctx, async (tx) => {
    await lockPair(tx, ctx, pair);
    await mustBeSeen(ctx, pair);
    await insert(tx, ctx, pair);
    return { id: pair.otherId };
  });
}

/** Ends a follow; false where there was none. */
async function end(tx: EntityManager, ctx: Context, followerId: string, followedId: string): Promise<boolean> {
  const ended = await tx.execute<unknown[]>(END, [ctx.tenantId, followerId, followedId]);
  if (ended.length === 0) return false;
  await tell(tx, ctx, 'profiles.follow.ended', followerId, followedId);
  return true;
}

/** Ends what two people follow of each other, for who blocks. */
export async function endBoth(tx: EntityManager, ctx: Context, { viewerId, otherId }: Pair): Promise<void> {
  await end(tx, ctx, viewerId, otherId);
  await end(tx, ctx, otherId, viewerId);
}

/** Follows somebody no more, or asks no more. Throws NotFound where the viewer does neither. */
export async function unfollow(ctx: Context, id: string): Promise<PersonRef> {
  const { viewerId, otherId } = await pairWith(ctx, id, PERMISSION);
  return write(ctx, async (tx) => {
    if (!(await end(tx, ctx, viewerId, otherId))) throw new NotFound('This person');
    return { id: otherId };
  });
}

/** Lets somebody follow who asked. Throws NotFound where nobody did. */
export async function approve(ctx: Context, id: string): Promise<PersonRef> {
  const { viewerId, otherId } = await pairWith(ctx, id, PERMISSION);
  return write(ctx, async (tx) => {
    const approved = await tx.execute<unknown[]>(APPROVE, [ctx.tenantId, otherId, viewerId]);
    if (approved.length === 0) throw new NotFound('This person');
    await tell(tx, ctx, 'profiles.follow.approved', otherId, viewerId);
    return { id: otherId };
  });
}

/** Takes somebody out of the viewer's followers, or turns them down. Throws NotFound where they are neither. */
export async function removeFollower(ctx: Context, id: string): Promise<PersonRef> {
  const { viewerId, otherId } = await pairWith(ctx, id, PERMISSION);
  return write(ctx, async (tx) => {
    if (!(await end(tx, ctx, otherId, viewerId))) throw new NotFound('This person');
    return { id: otherId };
  });
}
