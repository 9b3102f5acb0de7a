import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import { actorOf } from '@polity/kernel/request/acting';
import type { Context } from '../../context.ts';
import { AuditEntry } from './audit.entity.ts';

/** Names of OWASP's Logging Vocabulary where it has one for the act, else made in its manner. */
export type AuditType =
  | 'authn_login_success'
  | 'authn_login_fail'
  | 'authn_login_lock'
  | 'authn_password_change'
  | 'authn_password_reset'
  | 'authn_token_created'
  | 'authn_token_reuse'
  | 'authn_token_exchanged'
  | 'authn_token_revoked'
  | 'application_registered'
  | 'application_updated'
  | 'application_secret_rotated'
  | 'application_approved'
  | 'application_rejected'
  | 'application_disabled'
  | 'application_deleted'
  | 'registration_token_created'
  | 'registration_token_revoked'
  | 'consent_revoked'
  | 'consent_granted'
  | 'authn_mfa_enrolled'
  | 'authn_mfa_removed'
  | 'authn_recovery_codes_created'
  | 'authn_device_trusted'
  | 'authn_device_untrusted'
  | 'invitation_created'
  | 'invitation_revoked'
  | 'invitation_used'
  | 'session_expired'
  | 'user_created'
  | 'user_activated'
  | 'user_updated'
  | 'user_email_changed'
  | 'user_impersonated'
  | 'user_suspended'
  | 'user_reinstated'
  | 'user_deleted'
  | 'passkey_registered'
  | 'passkey_renamed'
  | 'passkey_removed'
  | 'upstream_provider_created'
  | 'upstream_provider_updated'
  | 'upstream_provider_deleted'
  | 'upstream_linked'
  | 'upstream_unlinked'
  | 'tenant_created'
  | 'tenant_updated'
  | 'membership_created'
  | 'membership_ended';

export interface NewAuditEntry {
  type: AuditType;
  /** Whose account the entry is about; null where there is none. */
  userId: string | null;
  /** Tenant in whose log it stands; the request's unless given. */
  tenantId?: string | null;
  data?: Record<string, unknown>;
}

type Writer = Pick<Context, 'viewer' | 'request' | 'clock'>;

/** Adds one entry to the audit log in the transaction of the act itself. */
export function record(tx: EntityManager, { viewer, request, clock }: Writer, entry: NewAuditEntry): void {
  const impersonator = actorOf(viewer);
  tx.create(AuditEntry, {
    id: uuidv7(),
    createdAt: clock.now(),
    tenantId: entry.tenantId === undefined ? request.tenantId : entry.tenantId,
    type: entry.type,
    userId: entry.userId,
    actorId: viewer.id,
    actorKind: viewer.kind,
    sessionId: viewer.sessionId,
    requestId: request.requestId,
    address: request.address,
    device: request.device,
    data: { ...entry.data, ...(impersonator && { impersonatorId: impersonator }) },
  });
}

const BELONGS = `select exists (select 1 from tenant_membership
  where tenant_id = ?::uuid and user_id = ?::uuid and status = 'ACTIVE') as here`;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Records what anybody can do with any address. Everyone may make a tenant and read its log, so there such an entry names only members, and
 * is of the type `asOfNobody` for all others, whether they have an account or not; theirs lies in the log of the installation.
 */
export async function recordAttempt(
  tx: EntityManager,
  ctx: Writer,
  entry: NewAuditEntry,
  asOfNobody: AuditType = entry.type,
): Promise<void> {
  const { tenantId } = ctx.request;
  const [member] = await tx.execute<{ here: boolean }[]>(BELONGS, [tenantId, entry.userId ?? NOBODY]);
  if (member?.here || tenantId === null) return record(tx, ctx, entry);
  record(tx, ctx, { ...entry, type: asOfNobody, userId: null });
  if (entry.userId) record(tx, ctx, { ...entry, tenantId: null });
}
