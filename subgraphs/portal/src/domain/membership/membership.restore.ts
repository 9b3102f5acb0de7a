import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { bindRole } from '@polity/kernel/access/mirror';
import type { Context } from '../../context.ts';
import { TeamMembership } from '../team/team-membership.entity.ts';
import { CommunityMembership } from './membership.entity.ts';
import { bindMembership } from './membership.mirror.ts';

// Roles are revoked before it is committed that a membership ends or is lowered. Whoever was cut off in between has left a membership that
// stands without its roles. The verb holds the row until it is through, so that waiting for the row is waiting for the verb.

const lockMode = LockMode.PESSIMISTIC_WRITE;

/** Gives a membership of a community its roles again where it stands, with those in its teams. */
export async function restore(tx: EntityManager, ctx: Context, membershipId: string): Promise<void> {
  const membership = await tx.findOne(CommunityMembership, { id: membershipId, status: 'ACTIVE' }, { lockMode });
  if (membership) await giveAgain(tx, ctx, membership);
}

/** The same for a place in a team. */
export async function restoreSeat(tx: EntityManager, ctx: Context, id: string): Promise<void> {
  const seat = await tx.findOne(TeamMembership, { id }, { lockMode });
  if (seat) await bindSeat(ctx, seat);
}

/** The same for all that a person has in the tenant. */
export async function restoreAllOf(tx: EntityManager, ctx: Context, userId: string): Promise<void> {
  const memberships = await tx.find(CommunityMembership, { userId, status: 'ACTIVE' }, { lockMode });
  for (const membership of memberships) await giveAgain(tx, ctx, membership);
}

async function giveAgain(tx: EntityManager, ctx: Context, membership: CommunityMembership): Promise<void> {
  const { userId, community } = membership;
  await bindMembership(ctx, membership);
  const seats = await tx.find(TeamMembership, { userId, team: { community: community.id } }, { lockMode });
  for (const seat of seats) await bindSeat(ctx, seat);
}

function bindSeat(ctx: Context, { userId, team }: TeamMembership): Promise<void> {
  return bindRole(ctx, { userId, scope: { type: 'TEAM', id: team.id }, roleKey: 'portal.member' });
}
