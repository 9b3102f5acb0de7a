import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { canSee } from '@polity/kernel/access/visibility';
import type { PollRow } from './poll.entity.ts';

/** What reading and managing polls takes. */
export const codes = { read: 'voting.poll.read', manage: 'voting.poll.manage' };

/** Where a poll lies, or would lie. */
interface Place {
  scope: ScopeRef;
  communityId: string | null;
  teamId: string | null;
}

export const canManage = (authorizer: Authorizer, { scope }: Pick<Place, 'scope'>): boolean =>
  authorizer.may(codes.manage, scope);

/** Whether the authorizer is one of those for whom members' polls of the place are. */
function belongsTo(authorizer: Authorizer, { scope, communityId, teamId }: Place): boolean {
  const visibility = scope.type === 'TEAM' ? 'TEAM' : 'COMMUNITY';
  return canSee(authorizer.sees(codes), { visibility, communityId, teamId, authorId: null }, authorizer.viewerId);
}

const mayAsMember = (authorizer: Authorizer, place: Place, permission: string): boolean =>
  belongsTo(authorizer, place) && authorizer.may(permission, place.scope);

/** A permission of the community reaches its teams, so it takes belonging to one as well. */
export const canCreate = (authorizer: Authorizer, place: Place): boolean =>
  mayAsMember(authorizer, place, 'voting.poll.create') || canManage(authorizer, place);

/** Its author as long as they may make polls there, and whoever manages the polls of the place. */
export const canRun = (authorizer: Authorizer, poll: PollRow): boolean =>
  poll.authorId === authorizer.viewerId ? canCreate(authorizer, poll.place()) : canManage(authorizer, poll.place());

/** Who is on the roll of a poll may vote for as long as nobody takes the permission away. */
export const canVote = (authorizer: Authorizer, poll: PollRow): boolean =>
  authorizer.may('voting.vote.cast', poll.scopeRef());

export const canNominate = (authorizer: Authorizer, poll: PollRow): boolean =>
  mayAsMember(authorizer, poll.place(), 'voting.nomination.create') || canRun(authorizer, poll);

/** Whether they may let others vote for them there, and others them. */
export const canDelegate = (authorizer: Authorizer, place: Place): boolean =>
  mayAsMember(authorizer, place, 'voting.vote.cast');

/** Whether they belong to the place of the poll, and so may stand in it. */
export const canStand = (authorizer: Authorizer, poll: PollRow): boolean => belongsTo(authorizer, poll.place());
