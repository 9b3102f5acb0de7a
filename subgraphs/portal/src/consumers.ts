import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import { endAllOf } from './domain/membership/membership.ending.ts';
import { admit } from './domain/membership/membership.invited.ts';

/** What the portal does about events of others. */
export const consumers: ConsumerDefinition[] = [
  {
    // Access takes the roles away by the same event; here the memberships that they mirrored end.
    name: 'tenant-members',
    types: ['identity.membership.ended'],
    handle: async (tx, { tenantid, actorid, requestid, data }) => {
      const { userId } = data as { userId: string };
      await endAllOf(tx, { tenantId: tenantid as string, actorId: actorid, requestId: requestid }, userId);
    },
  },
  {
    // Identity lets the person into the tenant and access gives the role; here they become a member.
    name: 'invited-members',
    types: ['identity.invitation.used'],
    handle: async (tx, { tenantid, actorid, requestid, time, data }) => {
      const { communityId, userId, roleKey } = data as { communityId: string | null; userId: string; roleKey: string };
      if (!communityId) return;
      const cause = { tenantId: tenantid as string, actorId: actorid, requestId: requestid };
      await admit(tx, cause, { communityId, userId, roleKey, at: new Date(time) });
    },
  },
];
