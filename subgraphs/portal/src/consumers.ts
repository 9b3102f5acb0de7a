import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import { endAllOf } from './domain/membership/membership.ending.ts';

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
];
