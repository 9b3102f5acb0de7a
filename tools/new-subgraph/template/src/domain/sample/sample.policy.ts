import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { Sample } from './sample.entity.ts';

/** What reading and managing samples takes. */
export const codes = { read: 'specimens.sample.read', manage: 'specimens.sample.manage' };

export const canCreate = (authorizer: Authorizer): boolean => authorizer.mayAtTenant('specimens.sample.create');

/** Its author as long as they may make samples, and whoever manages them. */
export const canEdit = (authorizer: Authorizer, { authorId }: Sample): boolean =>
  (authorId === authorizer.viewerId && canCreate(authorizer)) || authorizer.mayAtTenant(codes.manage);
