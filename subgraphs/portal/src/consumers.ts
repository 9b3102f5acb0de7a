import type { EntityManager } from '@mikro-orm/postgresql';
import type { Via } from '@polity/kernel/access/mirror';
import type { EventEnvelope } from '@polity/kernel/events/envelope';
import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import { describeAgain } from './domain/community/community.mirror.ts';
import { endAllOf } from './domain/membership/membership.ending.ts';
import { admit } from './domain/membership/membership.invited.ts';
import { restore, restoreAllOf, restoreSeat } from './domain/membership/membership.restore.ts';
import { finishRemoval } from './domain/team/team.service.ts';
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

interface Told {
  membershipId: string;
  userId: string;
  scopeId: string;
  scopeType?: string;
}

type Finish = (tx: EntityManager, by: { via: Via; cause: Cause }, told: Told) => Promise<void>;

/** By type of the event and of the scope. */
const unfinished: Record<string, Finish> = {
  'access.membership.revoked COMMUNITY': (tx, { via }, { membershipId }) => restore(tx, via, membershipId),
  'access.membership.revoked TEAM': (tx, { via }, { membershipId }) => restoreSeat(tx, via, membershipId),
  'access.scope.restricted COMMUNITY': (tx, { via }, { scopeId }) => describeAgain(tx, via, scopeId),
  'access.scope.removed TEAM': (tx, { cause }, { scopeId }) => finishRemoval(tx, cause, scopeId),
  'identity.membership.restored': (tx, { via }, { userId }) => restoreAllOf(tx, via, userId),
};

/** What the portal does about events of others. */
export const consumers: ConsumerDefinition[] = [
  {
    // Access takes the roles away by the same event; here the memberships that they mirrored end.
    name: 'tenant-members',
    types: ['identity.membership.ended'],
    handle: async (tx, event) => {
      const { userId } = event.data as { userId: string };
      await endAllOf(tx, causeOf(event), userId, new Date(event.time));
    },
  },
  {
    // Identity lets the person into the tenant and access gives the role; here they become a member.
    name: 'invited-members',
    types: ['identity.invitation.used'],
    handle: async (tx, event) => {
      const { communityId, userId, roleKey } = event.data as InvitationUsed;
      if (communityId) await admit(tx, causeOf(event), { communityId, userId, roleKey, at: new Date(event.time) });
    },
  },
  {
    // Access took roles for an end that may not have come: somebody was cut off in between.
    name: 'unfinished-ends',
    types: [
      'access.membership.revoked',
      'access.scope.restricted',
      'access.scope.removed',
      'identity.membership.restored',
    ],
    handle: async (tx, event, { services }) => {
      const data = event.data as Told;
      const finish = unfinished[[event.type, data.scopeType].filter(Boolean).join(' ')];
      await finish?.(tx, { via: { services: services(event.tenantid) }, cause: causeOf(event) }, data);
    },
  },
];
