import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { Event } from './event.entity.ts';

/** What reading and managing events takes. */
export const codes = { read: 'events.event.read', manage: 'events.event.manage' };

export const canCreate = (authorizer: Authorizer): boolean => authorizer.mayAtTenant('events.event.create');

/** Its author as long as they may make events, and whoever manages them. */
export const canEdit = (authorizer: Authorizer, { authorId }: Event): boolean =>
  (authorId === authorizer.viewerId && canCreate(authorizer)) || authorizer.mayAtTenant(codes.manage);
