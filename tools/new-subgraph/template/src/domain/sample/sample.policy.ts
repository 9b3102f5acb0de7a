import type { Authorizer } from '@polity/kernel/access/authorizer';
import { mayAsMember, type RowPlace } from '@polity/kernel/access/placed';
import type { Sample } from './sample.entity.ts';

/** What reading and managing samples takes. */
export const codes = { read: 'specimens.sample.read', manage: 'specimens.sample.manage' };

const canManage = (authorizer: Authorizer, { scope }: RowPlace): boolean => authorizer.may(codes.manage, scope);

export const canCreate = (authorizer: Authorizer, place: RowPlace): boolean =>
  mayAsMember(authorizer, codes, place, 'specimens.sample.create') || canManage(authorizer, place);

/** Its author as long as they may make samples there, and whoever manages the samples of the place. */
export const canEdit = (authorizer: Authorizer, sample: Sample): boolean =>
  sample.authorId === authorizer.viewerId
    ? canCreate(authorizer, sample.place())
    : canManage(authorizer, sample.place());
