import { type Retention, removedBy, removedFrom } from '@polity/kernel/jobs/retention';
import type { IdentityConfig } from './config.ts';

/** Days that a token or a trusted device is kept after its end. */
const OVER_DAYS = 1;
/** How long an account waits for its activation; it holds nothing but the address, which another sign-up may use meanwhile. */
const PENDING_DAYS = 7;

/** What identity removes: what is over, accounts that nobody activated, and history that is older than it is kept. */
export function retention({ auditDays, invitationDays }: IdentityConfig): Retention[] {
  return [
    { what: 'tokens', days: OVER_DAYS, remove: removedFrom('token', 'expires_at < ?') },
    { what: 'codes by mail', days: OVER_DAYS, remove: removedFrom('email_code', 'expires_at < ?') },
    { what: 'visits to providers', days: OVER_DAYS, remove: removedBy('remove_over_upstream_attempts') },
    { what: 'trusted devices', days: OVER_DAYS, remove: removedFrom('trusted_device', 'expires_at < ?') },
    { what: 'pending accounts', days: PENDING_DAYS, remove: removedBy('remove_pending_accounts') },
    { what: 'invitations', days: invitationDays, remove: removedBy('remove_over_invitations') },
    { what: 'audit entries', days: auditDays, remove: removedBy('remove_old_audit') },
  ];
}
