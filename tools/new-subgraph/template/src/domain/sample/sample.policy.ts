import type { Asker } from '@polity/kernel/access/asker';
import type { Sample } from './sample.entity.ts';

/** What reading and managing samples takes. */
export const codes = { read: 'specimens.sample.read', manage: 'specimens.sample.manage' };

export const canCreate = (asker: Asker): boolean => asker.mayAtTenant('specimens.sample.create');

/** Its author as long as they may make samples, and whoever manages them. */
export const canEdit = (asker: Asker, { authorId }: Sample): boolean =>
  (authorId === asker.viewerId && canCreate(asker)) || asker.mayAtTenant(codes.manage);
