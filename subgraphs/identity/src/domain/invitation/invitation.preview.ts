import { rows } from '@polity/kernel/db/orm';
import type { Context } from '../../context.ts';
import { hashOf } from '../token/token.service.ts';

/** What somebody who holds the token of an invitation may know before they are anybody. */
export interface InvitationPreview {
  /** Null where a command of the operator made it. */
  inviterName: string | null;
  expiresAt: Date;
}

const FIND = `select u.display_name as "inviterName", i.expires_at as "expiresAt" from invitation i
  left join user_account u on u.id = i.created_by and u.status = 'ACTIVE'
  where i.token_hash = ? and i.tenant_id = ?::uuid and i.revoked_at is null and i.expires_at > ? and i.uses < i.max_uses`;

/** Looks at an invitation to the tenant of the request without using it; null for any that is not open. */
export async function preview(ctx: Context, token: string): Promise<InvitationPreview | null> {
  const { em, request, clock } = ctx;
  const [found] = await rows<InvitationPreview>(em, FIND, [hashOf(token), request.tenantId, clock.now()]);
  return found ?? null;
}
