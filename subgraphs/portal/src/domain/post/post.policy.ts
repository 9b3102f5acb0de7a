import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { canSee } from '@polity/kernel/access/visibility';
import type { PostRow } from './post.entity.ts';

/** What reading and managing posts takes. */
export const codes = { read: 'portal.post.read', manage: 'portal.post.manage' };

/** Where a post lies, or would lie. */
interface Place {
  scope: ScopeRef;
  communityId: string | null;
  teamId: string | null;
}

const canManage = (authorizer: Authorizer, { scope }: Place): boolean => authorizer.may(codes.manage, scope);

/** Whether the viewer is one of those for whom members' posts of the place are. */
function belongsTo(authorizer: Authorizer, { scope, communityId, teamId }: Place): boolean {
  const visibility = scope.type === 'TEAM' ? 'TEAM' : 'COMMUNITY';
  return canSee(authorizer.sees(codes), { visibility, communityId, teamId, authorId: null }, authorizer.viewerId);
}

/** A permission of the community reaches its teams, so posting in a team takes belonging to it, too. */
export const canPost = (authorizer: Authorizer, place: Place): boolean =>
  (belongsTo(authorizer, place) && authorizer.may('portal.post.create', place.scope)) || canManage(authorizer, place);

/** Its author as long as they may post there, and whoever manages the posts of the place. */
export const canEdit = (authorizer: Authorizer, post: PostRow): boolean =>
  post.authorId === authorizer.viewerId ? canPost(authorizer, post.place()) : canManage(authorizer, post.place());
