import type { Asker } from '@polity/kernel/access/asker';
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

const canManage = (asker: Asker, { scope }: Place): boolean => asker.may(codes.manage, scope);

/** Whether the asker is one of those for whom members' posts of the place are. */
function belongsTo(asker: Asker, { scope, communityId, teamId }: Place): boolean {
  const visibility = scope.type === 'TEAM' ? 'TEAM' : 'COMMUNITY';
  return canSee(asker.sees(codes), { visibility, communityId, teamId, authorId: null }, asker.viewerId);
}

/** A permission of the community reaches its teams, so posting in a team takes belonging to it, too. */
export const canPost = (asker: Asker, place: Place): boolean =>
  (belongsTo(asker, place) && asker.may('portal.post.create', place.scope)) || canManage(asker, place);

/** Its author as long as they may post there, and whoever manages the posts of the place. */
export const canEdit = (asker: Asker, post: PostRow): boolean =>
  post.authorId === asker.viewerId ? canPost(asker, post.place()) : canManage(asker, post.place());
