import { communityScope, type Mirrors, teamScope } from '@polity/kernel/access/mirrored';
import { communityRoles } from './domain/membership/membership.entity.ts';
import type { PortalEvents } from './events.ts';

/** What the portal's events mean for access. */
export const mirrors: Mirrors<PortalEvents> = {
  'portal.community.created': ({ communityId, ownerId: userId }) => [
    { change: 'SCOPE', scope: communityScope(communityId), parentId: null },
    { change: 'JOIN', userId, scope: communityScope(communityId), roleKey: 'portal.owner' },
  ],
  'portal.membership.activated': ({ communityId, userId, roleKey }) => [
    { change: 'JOIN', userId, scope: communityScope(communityId), roleKey },
  ],
  'portal.membership.role_changed': ({ communityId, userId, roleKey }) => [
    { change: 'JOIN', userId, scope: communityScope(communityId), roleKey, replaces: communityRoles },
  ],
  'portal.membership.ended': ({ communityId, userId }) => [
    { change: 'LEAVE', userId, scope: communityScope(communityId), below: true },
  ],
  'portal.team.created': ({ teamId, communityId }) => [
    { change: 'SCOPE', scope: teamScope(teamId), parentId: communityId },
  ],
  'portal.team.deleted': ({ teamId }) => [{ change: 'REMOVED', scope: teamScope(teamId) }],
  'portal.team_membership.created': ({ teamId, userId }) => [
    { change: 'JOIN', userId, scope: teamScope(teamId), roleKey: 'portal.member' },
  ],
  'portal.team_membership.ended': ({ teamId, userId }) => [
    { change: 'LEAVE', userId, scope: teamScope(teamId), below: false },
  ],
};
