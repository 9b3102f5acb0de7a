import type { EntityManager } from '@mikro-orm/postgresql';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { mayGiveRole } from '../access-mirror.ts';
import { record } from '../audit/audit.service.ts';
import { may } from '../viewer-rights.ts';
import { InvitationUse } from './invitation.entity.ts';
import { InvitationInvalid, InvitationOutdated } from './invitation.errors.ts';

/** What an invitation lets somebody be. */
export interface Invited {
  id: string;
  tenantId: string;
  roleKey: string;
  communityId: string | null;
}

/** Which invitation, by the hash of its token, and who wants to use it. */
export interface Guest {
  tenantId: string;
  hash: string;
  email: string | null;
}

interface Made extends Invited {
  createdBy: string | null;
}

const COLUMNS =
  'id, tenant_id as "tenantId", role_key as "roleKey", community_id as "communityId", created_by as "createdBy"';
const LIVE =
  'token_hash = ? and tenant_id = ? and revoked_at is null and expires_at > ? and uses < max_uses and (email is null or email = ?)';

/** Where an invitation gives its role. */
export function placeOf({
  tenantId,
  communityId,
}: {
  tenantId: string;
  communityId?: string | null | undefined;
}): ScopeRef {
  return communityId ? { type: 'COMMUNITY', id: communityId } : { type: 'TENANT', id: tenantId };
}

/**
 * Throws InvitationOutdated unless whoever made the invitation could make it now. It names its role by key, and a role of that key may have
 * been changed or made anew since, as may the rights of its maker. One that a command made is the installation's own.
 */
async function assertStillGiven(ctx: Context, invitation: Made): Promise<void> {
  const { tenantId, roleKey, createdBy } = invitation;
  if (!createdBy) return;
  const here = ctx.inTenant(tenantId);
  const maker = { ...here, access: here.accessOf(createdBy) };
  const mayInvite = await may(maker, 'identity.member.invite');
  const offered = { giverId: createdBy, roleKey, scope: placeOf(invitation) };
  if (!mayInvite || !(await mayGiveRole(maker, offered))) throw new InvitationOutdated();
}

/** Looks at an invitation without using it. Throws InvitationInvalid or InvitationOutdated for any that would not be accepted. */
export async function checkInvitation(ctx: Context, { hash, tenantId, email }: Guest): Promise<void> {
  const [row] = await ctx
    .inTenant(tenantId)
    .em.fork()
    .execute<Made[]>(`select ${COLUMNS} from invitation where ${LIVE}`, [hash, tenantId, ctx.clock.now(), email]);
  if (!row) throw new InvitationInvalid();
  await assertStillGiven(ctx, row);
}

/**
 * Takes one use of an invitation that was checked, in one statement, so that no more people come in than it says. Throws InvitationInvalid for
 * those beyond.
 */
export async function useInvitation(
  tx: EntityManager,
  ctx: Context,
  guest: Guest & { userId: string },
): Promise<Invited> {
  const { hash, tenantId, email, userId } = guest;
  const now = ctx.clock.now();
  const [row] = await tx.execute<Made[]>(`update invitation set uses = uses + 1 where ${LIVE} returning ${COLUMNS}`, [
    hash,
    tenantId,
    now,
    email,
  ]);
  if (!row) throw new InvitationInvalid();
  tx.create(InvitationUse, { id: uuidv7(), createdAt: now, tenantId, invitationId: row.id, userId });
  record(tx, ctx, { type: 'invitation_used', userId, tenantId, data: { invitationId: row.id, roleKey: row.roleKey } });
  const { id: invitationId, roleKey, communityId, createdBy: invitedBy } = row;
  await recordEvent(tx, ctx, 'identity.invitation.used', {
    subject: userId,
    tenantId,
    data: { tenantId, userId, invitationId, roleKey, communityId, invitedBy },
  });
  return row;
}
