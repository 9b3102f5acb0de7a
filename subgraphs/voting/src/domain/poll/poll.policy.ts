import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { Poll } from './poll.entity.ts';

/** What reading and managing polls takes. */
export const codes = { read: 'voting.poll.read', manage: 'voting.poll.manage' };

export const canCreate = (authorizer: Authorizer): boolean => authorizer.mayAtTenant('voting.poll.create');

/** Its author as long as they may make polls, and whoever manages them. */
export const canEdit = (authorizer: Authorizer, { authorId }: Poll): boolean =>
  (authorId === authorizer.viewerId && canCreate(authorizer)) || authorizer.mayAtTenant(codes.manage);
