import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { record } from '../audit/audit.service.ts';
import { Membership } from './membership.entity.ts';

export interface NewMember {
  tenantId: string;
  userId: string;
  roleKey: string;
}

/** Adds a member in the caller's transaction; the role is given once that has committed. */
export async function addMember(
  tx: EntityManager,
  ctx: Context,
  { tenantId, userId, roleKey }: NewMember,
): Promise<Membership> {
  const now = ctx.clock.now();
  const membership = tx.create(Membership, {
    id: uuidv7(),
    createdAt: now,
    tenantId,
    userId,
    status: 'ACTIVE',
    joinedAt: now,
  });
  record(tx, ctx, { type: 'membership_created', userId, tenantId, data: { roleKey } });
  await recordEvent(tx, ctx, 'identity.membership.created', {
    subject: userId,
    tenantId,
    data: { tenantId, userId, roleKey },
  });
  return membership;
}

/** Ends a membership in the caller's transaction; its roles must be gone already. */
export async function endMember(
  tx: EntityManager,
  ctx: Context,
  membership: Membership,
  reason: string,
): Promise<void> {
  const { tenantId, userId } = membership;
  tx.remove(membership);
  record(tx, ctx, { type: 'membership_ended', userId, tenantId, data: { reason } });
  await recordEvent(tx, ctx, 'identity.membership.ended', { subject: userId, tenantId, data: { tenantId, userId } });
  await recordEvent(tx, ctx, 'identity.sessions.ended', {
    subject: userId,
    tenantId,
    data: { userId, tenantId, reason },
  });
}
