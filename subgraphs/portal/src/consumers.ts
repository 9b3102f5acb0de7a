import type { EventEnvelope } from '@polity/kernel/events/envelope';
import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import { endAllOf } from './domain/membership/membership.ending.ts';
import { admit } from './domain/membership/membership.invited.ts';
import type { Cause } from './events.ts';

interface InvitationUsed {
  communityId: string | null;
  userId: string;
  roleKey: string;
}

const causeOf = ({ tenantid, actorid, requestid, traceparent }: EventEnvelope): Cause => ({
  tenantId: tenantid as string,
  actorId: actorid,
  requestId: requestid,
  traceparent,
});

/** What the portal does about events of others. */
export const consumers: ConsumerDefinition[] = [
  {
    // Access takes the roles away by the same event; here the memberships that they mirrored end.
    name: 'tenant-members',
    types: ['identity.membership.ended'],
    handle: async (tx, event) => {
      const { userId } = event.data as { userId: string };
      await endAllOf(tx, causeOf(event), userId);
    },
  },
  {
    // Identity lets the person into the tenant and access gives the role; here they become a member.
    name: 'invited-members',
    types: ['identity.invitation.used'],
    handle: async (tx, event) => {
      const { communityId, userId, roleKey } = event.data as InvitationUsed;
      if (!communityId) return;
      await admit(tx, causeOf(event), { communityId, userId, roleKey, at: new Date(event.time) });
    },
  },
];
