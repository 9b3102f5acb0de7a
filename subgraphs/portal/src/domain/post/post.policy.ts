import type { Authorizer } from '@polity/kernel/access/authorizer';
import { mayAsMember, type RowPlace } from '@polity/kernel/access/placed';
import type { PostRow } from './post.entity.ts';

/** What reading and managing posts takes. */
export const codes = { read: 'portal.post.read', manage: 'portal.post.manage' };

const canManage = (authorizer: Authorizer, { scope }: RowPlace): boolean => authorizer.may(codes.manage, scope);

export const canPost = (authorizer: Authorizer, place: RowPlace): boolean =>
  mayAsMember(authorizer, codes, place, 'portal.post.create') || canManage(authorizer, place);

/** Its author as long as they may post there, and whoever manages the posts of the place. */
export const canEdit = (authorizer: Authorizer, post: PostRow): boolean =>
  post.authorId === authorizer.viewerId ? canPost(authorizer, post.place()) : canManage(authorizer, post.place());
