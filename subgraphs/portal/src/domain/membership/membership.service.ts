import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import type { Community } from '../community/community.entity.ts';
import { canApprove, canInvite, canJoin } from '../community/community.policy.ts';
import * as communities from '../community/community.service.ts';
import { mustStillBelong, takeTurn } from './departure.ts';
import { CommunityMembership, type MembershipStatus } from './membership.entity.ts';
import { AlreadyMember, Banned, membershipErrors, NotInvited } from './membership.errors.ts';
import { mirrorMembership } from './membership.mirror.ts';

const eventByStatus = {
  ACTIVE: 'portal.membership.activated',
  PENDING: 'portal.membership.requested',
  INVITED: 'portal.membership.invited',
} as const;

type Awaited = keyof typeof eventByStatus;

/** Events of one person in one community keep their order, also when the membership ends and begins anew. */
export const subjectOf = (communityId: string, userId: string): string => `${communityId}.${userId}`;

/** The membership, locked until the transaction ends; null where there is none. */
export function locked(tx: EntityManager, communityId: string, userId: string): Promise<CommunityMembership | null> {
  return tx.findOne(CommunityMembership, { community: communityId, userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

export async function join(ctx: Context, communityId: string): Promise<CommunityMembership> {
  const authorizer = await ctx.access.authorizer();
  const userId = ctx.viewer.id as string;
  return settled(ctx, userId, async (tx) => {
    const community = await communities.get(tx, authorizer, communityId);
    if (!canJoin(authorizer)) throw new Forbidden();
    community.mustLive();
    const known = await locked(tx, community.id, userId);
    if (known?.is('INVITED')) return activate(tx, ctx, known);
    if (known) throw known.is('BANNED') ? new Forbidden() : new AlreadyMember(known.status);
    if (community.joinPolicy === 'INVITE') throw new NotInvited();
    return begin(tx, ctx, community, { userId, status: community.joinPolicy === 'OPEN' ? 'ACTIVE' : 'PENDING' });
  });
}

export async function invite(ctx: Context, communityId: string, userId: string): Promise<CommunityMembership> {
  if (!isUuid(userId)) throw new NotFound('This person');
  const authorizer = await ctx.access.authorizer();
  return settled(ctx, userId, async (tx) => {
    const community = await communities.get(tx, authorizer, communityId);
    if (!canInvite(authorizer, community)) throw new Forbidden();
    community.mustLive();
    const known = await locked(tx, community.id, userId);
    if (known?.is('PENDING')) return activate(tx, ctx, known);
    if (known) throw known.is('BANNED') ? new Banned() : new AlreadyMember(known.status);
    return begin(tx, ctx, community, { userId, status: 'INVITED', invitedBy: ctx.viewer.id });
  });
}

export async function approve(ctx: Context, communityId: string, userId: string): Promise<CommunityMembership> {
  const authorizer = await ctx.access.authorizer();
  return settled(ctx, userId, async (tx) => {
    const community = await communities.get(tx, authorizer, communityId);
    if (!canApprove(authorizer, community)) throw new Forbidden();
    community.mustLive();
    const known = isUuid(userId) ? await locked(tx, community.id, userId) : null;
    if (!known?.is('PENDING')) throw new NotFound('This request');
    return activate(tx, ctx, known);
  });
}

/** Commits first; only then does an active membership become a grant. */
async function settled(
  ctx: Context,
  userId: string,
  act: (tx: EntityManager) => Promise<CommunityMembership>,
): Promise<CommunityMembership> {
  const settle = async (tx: EntityManager) => {
    await takeTurn(tx, ctx.tenantId, userId);
    const membership = await act(tx);
    // An invitation waits for whoever it is for.
    if (!membership.is('INVITED')) await mustStillBelong(ctx, userId);
    return membership;
  };
  const membership = await write(ctx, settle, membershipErrors);
  if (membership.is('ACTIVE')) await mirrorMembership(ctx, membership);
  return membership;
}

async function begin(
  tx: EntityManager,
  ctx: Context,
  community: Community,
  fields: { userId: string; status: Awaited; invitedBy?: string | null },
): Promise<CommunityMembership> {
  const membership = tx.create(CommunityMembership, {
    id: uuidv7(),
    tenantId: ctx.tenantId,
    community,
    roleKey: 'portal.member',
    joinedAt: fields.status === 'ACTIVE' ? ctx.clock.now() : null,
    ...fields,
  });
  return told(tx, ctx, membership);
}

function activate(tx: EntityManager, ctx: Context, membership: CommunityMembership): Promise<CommunityMembership> {
  membership.activate(ctx.clock.now());
  return told(tx, ctx, membership);
}

async function told(tx: EntityManager, ctx: Context, membership: CommunityMembership): Promise<CommunityMembership> {
  const { userId, roleKey, status } = membership;
  const communityId = membership.community.id;
  const type = eventByStatus[status as Exclude<MembershipStatus, 'BANNED'>];
  await recordEvent(tx, ctx, type, {
    subject: subjectOf(communityId, userId),
    data: { communityId, userId, roleKey },
  });
  return membership;
}
