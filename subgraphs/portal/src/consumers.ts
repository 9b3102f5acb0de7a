import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerDefinition } from '@polity/kernel/graph/subgraph';
import type { Context } from './context.ts';
import { describeAgain } from './domain/community/community.mirror.ts';
import { endAllOf } from './domain/membership/membership.ending.ts';
import { admit } from './domain/membership/membership.invited.ts';
import { restore, restoreAllOf, restoreSeat } from './domain/membership/membership.restore.ts';
import { finishRemoval } from './domain/team/team.service.ts';

interface InvitationUsed {
  communityId: string | null;
  userId: string;
  roleKey: string;
  /** Absent in events of earlier versions. */
  invitedBy?: string | null;
}

/** The part of these events that says what was taken. */
interface Taken {
  membershipId: string;
  userId: string;
  scopeId: string;
  scopeType?: string;
}

type Finish = (tx: EntityManager, ctx: Context, taken: Taken) => Promise<void>;

/** By type of the event and of the scope. */
const unfinished: Record<string, Finish> = {
  'access.membership.revoked COMMUNITY': (tx, ctx, { membershipId }) => restore(tx, ctx, membershipId),
  'access.membership.revoked TEAM': (tx, ctx, { membershipId }) => restoreSeat(tx, ctx, membershipId),
  'access.scope.restricted COMMUNITY': (tx, ctx, { scopeId }) => describeAgain(tx, ctx, scopeId),
  'access.scope.removed TEAM': (tx, ctx, { scopeId }) => finishRemoval(tx, ctx, scopeId),
  'identity.membership.restored': (tx, ctx, { userId }) => restoreAllOf(tx, ctx, userId),
};

/** What the portal does about events of others. */
export const consumers: ConsumerDefinition<Context>[] = [
  {
    // Access takes the roles away by the same event; here the memberships that they mirrored end.
    name: 'tenant-members',
    types: ['identity.membership.ended'],
    handle: async (tx, event, ctx) => {
      const { userId } = event.data as { userId: string };
      await endAllOf(tx, ctx, userId, new Date(event.time));
    },
  },
  {
    // Identity lets the person into the tenant and access gives the role; here they become a member.
    name: 'invited-members',
    types: ['identity.invitation.used'],
    handle: async (tx, event, ctx) => {
      const { communityId, userId, roleKey, invitedBy = null } = event.data as InvitationUsed;
      const at = new Date(event.time);
      if (communityId) await admit(tx, ctx, { communityId, userId, roleKey, invitedBy, at });
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
    handle: async (tx, event, ctx) => {
      const data = event.data as Taken;
      const finish = unfinished[[event.type, data.scopeType].filter(Boolean).join(' ')];
      await finish?.(tx, ctx, data);
    },
  },
];
