import type { Asker } from '@polity/kernel/access/asker';
import type { Poll } from './poll.entity.ts';

/** What reading and managing polls takes. */
export const codes = { read: 'voting.poll.read', manage: 'voting.poll.manage' };

export const canCreate = (asker: Asker): boolean => asker.mayAtTenant('voting.poll.create');

/** Its author as long as they may make polls, and whoever manages them. */
export const canEdit = (asker: Asker, { authorId }: Poll): boolean =>
  (authorId === asker.viewerId && canCreate(asker)) || asker.mayAtTenant(codes.manage);
