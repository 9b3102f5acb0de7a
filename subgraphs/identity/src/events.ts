import { type DataOf, id, mirrorChanged, word } from '@polity/kernel/events/catalogue';
import { recorder } from '@polity/kernel/events/recorder';
import { z } from 'zod';
import { mirrors } from './mirrors.ts';

const tenantId = id('The tenant.');
const userId = id('The person.');
const user = z.strictObject({ userId });
const membership = z.strictObject({ tenantId, userId });

/** What identity tells the others; ids only, because consumers read the rest when they need it. */
export const identityEvents = {
  'identity.user.created': user.describe('An account was made; its address is not confirmed yet.'),
  'identity.user.activated': user.describe('Somebody confirmed the address of their account.'),
  'identity.user.updated': user.describe('The name, address or profile of an account was changed.'),
  'identity.user.suspended': user.describe('An administrator suspended an account.'),
  'identity.user.reinstated': user.describe('An administrator took a suspension back.'),
  'identity.user.deleted': user.describe('An account was deleted.'),
  'identity.user.password_changed': user.describe('Somebody set a new password.'),
  'identity.tenant.created': z
    .strictObject({
      tenantId,
      ownerId: id('Its first owner; null where a command of the operator made it.').nullable(),
    })
    .describe('A tenant was made.'),
  'identity.tenant.updated': z.strictObject({ tenantId }).describe('The name or settings of a tenant were changed.'),
  'identity.membership.created': membership
    .extend({ roleKey: word('Key of their role in the tenant.') })
    .describe('Somebody became a member of a tenant.'),
  'identity.membership.ended': membership.describe('Somebody is no member of a tenant any more.'),
  'identity.membership.restored': membership.describe(
    'The end of a membership was cut off after its roles were taken; it stands, and has its roles in the tenant again.',
  ),
  'identity.invitation.used': membership
    .extend({
      invitationId: id('The invitation.'),
      roleKey: word('Key of the role that it gives.'),
      communityId: id('Where they are to be a member with that role; null for the tenant itself.').nullable(),
      invitedBy: id('Who made the invitation; null where a command of the operator did.').nullable(),
    })
    .describe('Somebody came in by an invitation.'),
  'identity.sessions.ended': user
    .extend({
      tenantId: id('Where they end; null for all of them.').nullable(),
      reason: word('Why, in words.'),
    })
    .describe('All sessions of a person must end, or those in one tenant.'),
  'identity.mirror.changed': mirrorChanged,
};

export type IdentityEvents = DataOf<typeof identityEvents>;

export const recordEvent = recorder<IdentityEvents>(mirrors);
