import { recorder } from '@polity/kernel/events/recorder';
import { mirrors } from './mirrors.ts';

interface CommunityEvent {
  communityId: string;
  visibility: string;
}

interface MembershipEvent {
  communityId: string;
  userId: string;
  roleKey: string;
}

interface TeamEvent {
  communityId: string;
  teamId: string;
}

interface PostEvent {
  postId: string;
  communityId: string | null;
  teamId: string | null;
  visibility: string;
}

/** What the portal tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
export interface PortalEvents {
  'portal.community.created': CommunityEvent & { ownerId: string };
  'portal.community.updated': CommunityEvent;
  'portal.community.archived': CommunityEvent;
  'portal.membership.requested': MembershipEvent;
  'portal.membership.invited': MembershipEvent;
  'portal.membership.activated': MembershipEvent;
  'portal.membership.role_changed': MembershipEvent;
  'portal.membership.ended': MembershipEvent & { banned: boolean };
  'portal.team.created': TeamEvent;
  'portal.team.updated': TeamEvent;
  'portal.team.deleted': TeamEvent;
  'portal.team_membership.created': TeamEvent & { userId: string };
  'portal.team_membership.ended': TeamEvent & { userId: string };
  'portal.post.created': PostEvent;
  'portal.post.updated': PostEvent;
  'portal.post.deleted': PostEvent;
  'portal.module.set': { scopeType: string; scopeId: string; key: string; enabled: boolean };
}

export const recordEvent = recorder<PortalEvents>(mirrors);
