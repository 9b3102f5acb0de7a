import type { Asker } from '@polity/kernel/access/asker';
import type { Event } from './event.entity.ts';

/** What reading and managing events takes. */
export const codes = { read: 'events.event.read', manage: 'events.event.manage' };

export const canCreate = (asker: Asker): boolean => asker.mayAtTenant('events.event.create');

/** Its author as long as they may make events, and whoever manages them. */
export const canEdit = (asker: Asker, { authorId }: Event): boolean =>
  (authorId === asker.viewerId && canCreate(asker)) || asker.mayAtTenant(codes.manage);
