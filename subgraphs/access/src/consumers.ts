import type { EventEnvelope } from '@polity/kernel/events/envelope';
import type { ConsumerDefinition, Runtime } from '@polity/kernel/graph/subgraph';
import type { Context } from './context.ts';
import * as mirror from './domain/binding/mirror.ts';
import { eventContext } from './service-context.ts';

// Memberships are mirrored by calls, grants last and revokes first; these consumers repair what was cut off in between. The effect has a
// transaction of its own, because stamps follow its commit; it is safe to repeat.

interface Told {
  tenantId: string;
  communityId: string;
  teamId: string;
  userId: string;
  ownerId: string;
  roleKey: string;
}

const tenant = (id: string) => ({ type: 'TENANT' as const, id });
const community = (id: string) => ({ type: 'COMMUNITY' as const, id });
const team = (id: string) => ({ type: 'TEAM' as const, id });

/** A member of a community holds one of these. */
const communityRoles = ['portal.owner', 'portal.moderator', 'portal.member'];

type Repair = (ctx: Context, told: Told, at: string) => Promise<void>;

const repairs: Record<string, Repair> = {
  'identity.tenant.created': (ctx, { tenantId }) => mirror.repairScope(ctx, tenant(tenantId), null),
  'identity.membership.created': (ctx, { tenantId, userId, roleKey }, at) =>
    mirror.repairJoin(ctx, { userId, scope: tenant(tenantId), at }, roleKey),
  'identity.membership.ended': (ctx, { tenantId, userId }, at) =>
    mirror.repairLeave(ctx, { userId, scope: tenant(tenantId), at }, true),
  'portal.community.created': async (ctx, { communityId, ownerId }, at) => {
    await mirror.repairScope(ctx, community(communityId), null);
    await mirror.repairJoin(ctx, { userId: ownerId, scope: community(communityId), at }, 'portal.owner');
  },
  'portal.team.created': (ctx, { teamId, communityId }) => mirror.repairScope(ctx, team(teamId), communityId),
  'portal.team.deleted': async (ctx, { teamId }) => mirror.removeScope(ctx, team(teamId)),
  'portal.membership.activated': (ctx, { communityId, userId, roleKey }, at) =>
    mirror.repairJoin(ctx, { userId, scope: community(communityId), at }, roleKey),
  'portal.membership.role_changed': (ctx, { communityId, userId, roleKey }, at) =>
    mirror.repairJoin(ctx, { userId, scope: community(communityId), at }, roleKey, communityRoles),
  'portal.membership.ended': (ctx, { communityId, userId }, at) =>
    mirror.repairLeave(ctx, { userId, scope: community(communityId), at }, true),
  'portal.team_membership.created': (ctx, { teamId, userId }, at) =>
    mirror.repairJoin(ctx, { userId, scope: team(teamId), at }, 'portal.member'),
  'portal.team_membership.ended': (ctx, { teamId, userId }, at) =>
    mirror.repairLeave(ctx, { userId, scope: team(teamId), at }, false),
};

async function repair(event: EventEnvelope, runtime: Runtime): Promise<void> {
  // An event of no tenant can concern no scope.
  if (event.tenantid === null) return;
  const ctx = eventContext(runtime, event);
  await repairs[event.type]?.(ctx, event.data as Told, event.time);
  await ctx.marks.flush();
}

export const consumers: ConsumerDefinition[] = [{ name: 'mirror', types: Object.keys(repairs), repeat: repair }];
