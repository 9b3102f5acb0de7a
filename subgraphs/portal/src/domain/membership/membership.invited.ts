import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { Community } from '../community/community.entity.ts';
import { leftSince, takeTurn } from './departure.ts';
import { CommunityMembership, type CommunityRole, communityRoles } from './membership.entity.ts';
import { locked, subjectOf } from './membership.service.ts';

/** Somebody who came in by an invitation of the tenant that also names a community. */
export interface Guest {
  communityId: string;
  userId: string;
  /** Role that the invitation gives there; one that communities do not know counts as plain membership. */
  roleKey: string;
  /** Who made the invitation. */
  invitedBy: string | null;
  at: Date;
}

const roleOf = (key: string): CommunityRole => communityRoles.find((known) => known === key) ?? 'portal.member';

/**
 * Makes the guest an active member; repeating it changes nothing, nor does it let in who has left the tenant since. A ban stands: the role that the invitation gave is
 * taken back by the event of its end.
 */
export async function admit(tx: EntityManager, ctx: Context, guest: Guest): Promise<void> {
  const { communityId, userId, at } = guest;
  const community = await tx.findOne(Community, { id: communityId });
  if (!community) return;
  await takeTurn(tx, ctx.tenantId, userId);
  if (await leftSince(tx, ctx.tenantId, userId, at)) return;
  const known = await locked(tx, communityId, userId);
  if (known?.is('ACTIVE')) return;
  const subject = subjectOf(communityId, userId);
  if (known?.is('BANNED')) {
    const data = { communityId, userId, roleKey: known.roleKey, banned: true };
    await recordEvent(tx, ctx, 'portal.membership.ended', { subject, data });
    return;
  }
  const roleKey = roleOf(guest.roleKey);
  const fields = { tenantId: ctx.tenantId, community, userId, roleKey, invitedBy: guest.invitedBy };
  if (known) known.activate(at);
  else tx.create(CommunityMembership, { id: uuidv7(), status: 'ACTIVE', joinedAt: at, ...fields });
  const data = { communityId, userId, roleKey: known?.roleKey ?? roleKey };
  await recordEvent(tx, ctx, 'portal.membership.activated', { subject, data });
}
