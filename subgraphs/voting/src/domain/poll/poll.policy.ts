import type { Authorizer } from '@polity/kernel/access/authorizer';
import { belongsTo, mayAsMember, type RowPlace } from '@polity/kernel/access/placed';
import { canSee } from '@polity/kernel/access/visibility';
import type { PollRow } from './poll.entity.ts';

/** What reading and managing polls takes. */
export const codes = { read: 'voting.poll.read', manage: 'voting.poll.manage' };

export const canManage = (authorizer: Authorizer, { scope }: Pick<RowPlace, 'scope'>): boolean =>
  authorizer.may(codes.manage, scope);

export const canCreate = (authorizer: Authorizer, place: RowPlace): boolean =>
  mayAsMember(authorizer, codes, place, 'voting.poll.create') || canManage(authorizer, place);

/** Its author as long as they may make polls there, and whoever manages the polls of the place. */
export const canRun = (authorizer: Authorizer, poll: PollRow): boolean =>
  poll.authorId === authorizer.viewerId ? canCreate(authorizer, poll.place()) : canManage(authorizer, poll.place());

/** Who is on the roll of a poll may vote for as long as nobody takes the permission away. */
export const canVote = (authorizer: Authorizer, poll: PollRow): boolean =>
  authorizer.may('voting.vote.cast', poll.scopeRef());

/** Whether they see an open poll as long as nobody hides it; for rows that were read before. */
export const seesOpen = (authorizer: Authorizer, { visibility, communityId, teamId, authorId }: PollRow): boolean =>
  canSee(
    authorizer.sees(codes),
    { visibility, communityId: communityId ?? null, teamId: teamId ?? null, authorId },
    authorizer.viewerId,
  );

export const canNominate = (authorizer: Authorizer, poll: PollRow): boolean =>
  mayAsMember(authorizer, codes, poll.place(), 'voting.nomination.create') || canRun(authorizer, poll);

/** Whether they may let others vote for them there, and others them. */
export const canDelegate = (authorizer: Authorizer, place: RowPlace): boolean =>
  mayAsMember(authorizer, codes, place, 'voting.vote.cast');

/** Whether they belong to the place of the poll, and so may stand in it. */
export const canStand = (authorizer: Authorizer, poll: PollRow): boolean => belongsTo(authorizer, codes, poll.place());
