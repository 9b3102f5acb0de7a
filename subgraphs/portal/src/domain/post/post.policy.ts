import type { Asker } from '../asker.ts';
import type { Post } from './post.entity.ts';
import { belongsTo, type Place } from './post.visibility.ts';

export const canManage = (asker: Asker, { scope }: Place): boolean => asker.may('portal.post.manage', scope);

/** A permission of the community reaches its teams, so posting in a team takes belonging to it, too. */
export const canPost = (asker: Asker, place: Place): boolean =>
  canManage(asker, place) || (asker.may('portal.post.create', place.scope) && belongsTo(asker, place));

/** Its author as long as they may post there, and whoever manages the posts of the place. */
export const canEdit = (asker: Asker, post: Post): boolean =>
  canManage(asker, post.place()) || (post.authorId === asker.viewerId && canPost(asker, post.place()));
