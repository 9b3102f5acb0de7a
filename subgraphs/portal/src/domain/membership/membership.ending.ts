import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { lackedToGive, unbindRoles } from '@polity/kernel/access/mirror';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import type { Community } from '../community/community.entity.ts';
import { canPromote, canRemove } from '../community/community.policy.ts';
import * as communities from '../community/community.service.ts';
import { forgetTeamsOf } from '../team/team-membership.service.ts';
import { noteDeparture, takeTurn } from './departure.ts';
import { CommunityMembership, type CommunityRole, communityRoles } from './membership.entity.ts';
import { LastOwner } from './membership.errors.ts';
import { bindMembership, mirrorMembership } from './membership.mirror.ts';
import { locked, subjectOf } from './membership.service.ts';

interface Removal {
  userId: string;
  ban: boolean;
}

interface Promotion {
  userId: string;
  roleKey: string;
}

/** Ends the viewer's membership, request or invitation and returns it as it was. Throws NotFound, LastOwner. */
export async function leave(ctx: Context, communityId: string): Promise<CommunityMembership> {
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const community = await communities.get(tx, authorizer, communityId);
    const membership = await lockedAlone(tx, community, ctx.viewer.id as string);
    if (!membership || membership.is('BANNED')) throw new NotFound('This membership');
    await end(tx, ctx, membership);
    return membership;
  });
}

/** Ends a person's membership and returns it as it was, or with a ban as it is from now on. Throws NotFound, Forbidden, LastOwner. */
export async function remove(
  ctx: Context,
  communityId: string,
  { userId, ban }: Removal,
): Promise<CommunityMembership> {
  if (!isUuid(userId)) throw new NotFound('This membership');
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const community = await communities.get(tx, authorizer, communityId);
    const known = await lockedAlone(tx, community, userId);
    if (!canRemove(authorizer, community, known?.roleKey ?? 'portal.member')) throw new Forbidden();
    if (!known && !ban) throw new NotFound('This membership');
    if (known?.is('ACTIVE')) await assertHoldsAll(ctx, known, false);
    const membership = known ?? stranger(tx, community, userId);
    await end(tx, ctx, membership, ban);
    return membership;
  });
}

export async function setRole(
  ctx: Context,
  communityId: string,
  { userId, roleKey }: Promotion,
): Promise<CommunityMembership> {
  if (!isCommunityRole(roleKey)) throw new InvalidInput({ roleKey: `must be one of ${communityRoles.join(', ')}` });
  const membership = await writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const community = await communities.get(tx, authorizer, communityId);
    if (!canPromote(authorizer, community)) throw new Forbidden();
    const known = isUuid(userId) ? await lockedAlone(tx, community, userId) : null;
    if (!known?.is('ACTIVE')) throw new NotFound('This membership');
    if (known.risesTo(roleKey)) await assertHoldsAll(ctx, { community, roleKey }, true);
    else await assertHoldsAll(ctx, known, false);
    return assign(tx, ctx, known, roleKey);
  });
  await mirrorMembership(ctx, membership);
  return membership;
}

/** Nobody gives a role of which they do not hold all for good, nor takes one of which they do not hold all; plain membership is not handed on. */
async function assertHoldsAll(
  ctx: Context,
  { community, roleKey }: { community: { id: string }; roleKey: CommunityRole },
  forGood: boolean,
): Promise<void> {
  if (roleKey === 'portal.member') return;
  const scope = { type: 'COMMUNITY', id: community.id } as const;
  const missing = (await lackedToGive(ctx, { userId: ctx.viewer.id as string, roleKey, scope, forGood })) ?? [];
  if (missing.length > 0) throw new Forbidden('This is more than you hold here yourself.', { missing });
}

/**
 * Ends what the person had in all communities of the tenant when they left it, bans excepted; their roles are revoked by the caller's cause
 * itself. What began since belongs to somebody who came back before this was told.
 */
export async function endAllOf(tx: EntityManager, ctx: Context, userId: string, at: Date): Promise<void> {
  await takeTurn(tx, ctx.tenantId, userId);
  await noteDeparture(tx, ctx.tenantId, userId, at);
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const known = await tx.find(CommunityMembership, { userId, status: { $ne: 'BANNED' } }, { lockMode });
  const memberships = known.filter(({ joinedAt, createdAt }) => (joinedAt ?? createdAt) < at);
  for (const membership of memberships) await ended(tx, ctx, membership);
}

/** Access is revoked before anything is committed. */
async function end(tx: EntityManager, ctx: Context, membership: CommunityMembership, ban = false): Promise<void> {
  await assertAnotherOwner(tx, membership);
  await unbindRoles(ctx, membership, { type: 'COMMUNITY', id: membership.community.id });
  await ended(tx, ctx, membership, ban);
}

async function ended(tx: EntityManager, ctx: Context, membership: CommunityMembership, ban = false): Promise<void> {
  const { userId, roleKey } = membership;
  const communityId = membership.community.id;
  await forgetTeamsOf(tx, ctx, communityId, userId);
  if (ban) membership.ban();
  else tx.remove(membership);
  const data = { communityId, userId, roleKey, banned: ban };
  await recordEvent(tx, ctx, 'portal.membership.ended', { subject: subjectOf(communityId, userId), data });
}

/** The membership, while no other verb takes members or owners from the community. */
async function lockedAlone(
  tx: EntityManager,
  { id, tenantId }: Community,
  userId: string,
): Promise<CommunityMembership | null> {
  // Without this lock the last two owners could leave at the same time, each seeing the other stay.
  await tx.execute('select 1 from community where tenant_id = ? and id = ? for no key update', [tenantId, id]);
  return locked(tx, id, userId);
}

async function assertAnotherOwner(
  tx: EntityManager,
  { roleKey, community, userId, status }: CommunityMembership,
): Promise<void> {
  if (roleKey !== 'portal.owner' || status !== 'ACTIVE') return;
  const others = { community: community.id, roleKey, status, userId: { $ne: userId } } as const;
  if ((await tx.count(CommunityMembership, others)) === 0) throw new LastOwner();
}

async function assign(
  tx: EntityManager,
  ctx: Context,
  membership: CommunityMembership,
  roleKey: CommunityRole,
): Promise<CommunityMembership> {
  if (membership.roleKey === roleKey) return membership;
  if (!membership.risesTo(roleKey)) {
    await assertAnotherOwner(tx, membership);
    await bindMembership(ctx, membership, { roleKey, membershipId: membership.id });
  }
  membership.roleKey = roleKey;
  const { userId } = membership;
  const communityId = membership.community.id;
  const data = { communityId, userId, roleKey };
  await recordEvent(tx, ctx, 'portal.membership.role_changed', { subject: subjectOf(communityId, userId), data });
  return membership;
}

function stranger(tx: EntityManager, community: Community, userId: string): CommunityMembership {
  const { tenantId } = community;
  const nothing = { status: 'PENDING', roleKey: 'portal.member' } as const;
  return tx.create(CommunityMembership, { id: uuidv7(), tenantId, community, userId, ...nothing });
}

function isCommunityRole(key: string): key is CommunityRole {
  return (communityRoles as readonly string[]).includes(key);
}
