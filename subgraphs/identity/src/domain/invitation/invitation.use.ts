import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { publish } from '../../events.ts';
import { record } from '../audit/audit.service.ts';
import { InvitationInvalid } from './invitation.errors.ts';
import { InvitationUse } from './invitation-use.entity.ts';

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

const COLUMNS = 'id, tenant_id as "tenantId", role_key as "roleKey", community_id as "communityId"';
const LIVE =
  'token_hash = ? and tenant_id = ? and revoked_at is null and expires_at > ? and uses < max_uses and (email is null or email = ?)';

/** The invitation as it stands, without using it. Throws InvitationInvalid for any that would not be accepted. */
export async function peekInvitation(
  em: EntityManager,
  ctx: Pick<Context, 'clock'>,
  { hash, tenantId, email }: Guest,
): Promise<Invited> {
  const [row] = await em.execute<Invited[]>(`select ${COLUMNS} from invitation where ${LIVE}`, [
    hash,
    tenantId,
    ctx.clock.now(),
    email,
  ]);
  if (!row) throw new InvitationInvalid();
  return row;
}

/** Takes one use in one statement, so that no more people come in than it says. Throws InvitationInvalid for those beyond. */
export async function useInvitation(
  tx: EntityManager,
  ctx: Context,
  guest: Guest & { userId: string },
): Promise<Invited> {
  const { hash, tenantId, email, userId } = guest;
  const now = ctx.clock.now();
  const [row] = await tx.execute<Invited[]>(
    `update invitation set uses = uses + 1 where ${LIVE} returning ${COLUMNS}`,
    [hash, tenantId, now, email],
  );
  if (!row) throw new InvitationInvalid();
  tx.create(InvitationUse, { id: uuidv7(), createdAt: now, tenantId, invitationId: row.id, userId });
  record(tx, ctx, { type: 'invitation_used', userId, tenantId, data: { invitationId: row.id, roleKey: row.roleKey } });
  const { id: invitationId, roleKey, communityId } = row;
  await publish(tx, ctx, 'identity.invitation.used', { tenantId, userId, invitationId, roleKey, communityId });
  return row;
}
