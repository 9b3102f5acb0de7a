import { recorder } from '@polity/kernel/events/recorder';
import { mirrors } from './mirrors.ts';

/** What identity tells the others; ids only, because consumers read the rest when they need it. */
export interface IdentityEvents {
  'identity.user.created': { userId: string };
  'identity.user.activated': { userId: string };
  'identity.user.updated': { userId: string };
  'identity.user.suspended': { userId: string };
  'identity.user.reinstated': { userId: string };
  'identity.user.deleted': { userId: string };
  'identity.user.password_changed': { userId: string };
  'identity.tenant.created': { tenantId: string; ownerId: string };
  'identity.tenant.updated': { tenantId: string };
  'identity.membership.created': { tenantId: string; userId: string; roleKey: string };
  'identity.membership.ended': { tenantId: string; userId: string };
  /** The end of a membership was cut off after its roles were taken; it stands, and has its roles in the tenant again. */
  'identity.membership.restored': { tenantId: string; userId: string };
  /** Somebody came in; `communityId` is where they are to be a member with `roleKey`, null for the tenant itself. */
  'identity.invitation.used': {
    tenantId: string;
    userId: string;
    invitationId: string;
    roleKey: string;
    communityId: string | null;
    /** Who made the invitation; null where a command of the operator did. */
    invitedBy: string | null;
  };
  /** All sessions of the person must end, or those in one tenant. */
  'identity.sessions.ended': { userId: string; tenantId: string | null; reason: string };
}

export const recordEvent = recorder<IdentityEvents>(mirrors);
