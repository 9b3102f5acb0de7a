import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { bindRole, grantLast, unbindRoles } from '@polity/kernel/access/mirror';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { CommunityMembership } from '../membership/membership.entity.ts';
import type { Team } from './team.entity.ts';
import { membershipErrors, NotInCommunity } from './team.errors.ts';
import { canTakeOut, canUpdate } from './team.policy.ts';
import * as teams from './team.service.ts';
import { TeamMembership } from './team-membership.entity.ts';

const subjectOf = (teamId: string, userId: string) => `${teamId}.${userId}`;

export async function add(ctx: Context, teamId: string, userId: string): Promise<TeamMembership> {
  const authorizer = await ctx.access.authorizer();
  const act = async (tx: EntityManager) => {
    const team = await teams.get(tx, authorizer, teamId);
    if (!canUpdate(authorizer, team)) throw new Forbidden();
    team.community.unwrap().mustLive();
    await mustBelong(tx, team, userId);
    return begin(tx, ctx, team, userId);
  };
  const membership = await write(ctx, act, membershipErrors);
  await mirror(ctx, membership);
  return membership;
}

/** Takes a person out of a team and returns the membership as it was. Throws NotFound, Forbidden. */
export async function remove(ctx: Context, teamId: string, userId: string): Promise<TeamMembership> {
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const team = await teams.get(tx, authorizer, teamId);
    if (!canTakeOut(authorizer, team, userId)) throw new Forbidden();
    const where = { team: teamId, userId };
    const membership = isUuid(userId)
      ? await tx.findOne(TeamMembership, where, { lockMode: LockMode.PESSIMISTIC_WRITE })
      : null;
    if (!membership) throw new NotFound('This membership');
    await unbindRoles(ctx, membership, { type: 'TEAM', id: teamId });
    await ended(tx, ctx, team.community.id, membership);
    return membership;
  });
}

/** Takes a person out of all teams of a community; the roles there were revoked with those of the community. */
export async function forgetTeamsOf(
  tx: EntityManager,
  ctx: Context,
  communityId: string,
  userId: string,
): Promise<void> {
  const memberships = await tx.find(TeamMembership, { userId, team: { community: communityId } });
  for (const membership of memberships) await ended(tx, ctx, communityId, membership);
}

// Locked, so that nobody is put into a team while they are being removed from its community.
async function mustBelong(tx: EntityManager, { community }: Team, userId: string): Promise<void> {
  const where = { community: community.id, userId, status: 'ACTIVE' } as const;
  const member =
    isUuid(userId) && (await tx.findOne(CommunityMembership, where, { lockMode: LockMode.PESSIMISTIC_READ }));
  if (!member) throw new NotInCommunity();
}

async function begin(tx: EntityManager, ctx: Context, team: Team, userId: string): Promise<TeamMembership> {
  const membership = tx.create(TeamMembership, { id: uuidv7(), tenantId: ctx.tenantId, team, userId });
  const data = { communityId: team.community.id, teamId: team.id, userId };
  await recordEvent(tx, ctx, 'portal.team_membership.created', { subject: subjectOf(team.id, userId), data });
  return membership;
}

async function ended(tx: EntityManager, ctx: Context, communityId: string, membership: TeamMembership): Promise<void> {
  const { userId } = membership;
  const teamId = membership.team.id;
  tx.remove(membership);
  const data = { communityId, teamId, userId };
  await recordEvent(tx, ctx, 'portal.team_membership.ended', { subject: subjectOf(teamId, userId), data });
}

/** The row stays locked while access is told, so that no revoke can be overtaken by this grant. */
function mirror(ctx: Context, { id, userId, team }: TeamMembership): Promise<void> {
  return grantLast(ctx, () =>
    write(ctx, async (tx) => {
      const known = await tx.findOne(TeamMembership, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (known) await bindRole(ctx, { userId, scope: { type: 'TEAM', id: team.id }, roleKey: 'portal.member' });
    }),
  );
}
