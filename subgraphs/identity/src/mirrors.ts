import { type Mirrors, tenantScope } from '@polity/kernel/access/mirrored';
import type { IdentityEvents } from './events.ts';

/** What identity's events mean for access. */
export const mirrors: Mirrors<IdentityEvents> = {
  'identity.tenant.created': ({ tenantId }) => [{ change: 'SCOPE', scope: tenantScope(tenantId), parentId: null }],
  'identity.membership.created': ({ tenantId, userId, roleKey }) => [
    { change: 'JOIN', userId, scope: tenantScope(tenantId), roleKey },
  ],
  'identity.membership.ended': ({ tenantId, userId }) => [
    { change: 'LEAVE', userId, scope: tenantScope(tenantId), below: true },
  ],
};
