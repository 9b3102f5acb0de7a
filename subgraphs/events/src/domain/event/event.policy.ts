import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { canSee } from '@polity/kernel/access/visibility';
import type { EventRow } from './event.entity.ts';

/** What reading and managing events takes. */
export const codes = { read: 'events.event.read', manage: 'events.event.manage' };

/** Where an event lies, or would lie. */
export interface EventPlace {
  scope: ScopeRef;
  communityId: string | null;
  teamId: string | null;
}

export const canManage = (authorizer: Authorizer, { scope }: EventPlace): boolean =>
  authorizer.may(codes.manage, scope);

/** Whether the viewer is one of those for whom members' events of the place are. */
function belongsTo(authorizer: Authorizer, { scope, communityId, teamId }: EventPlace): boolean {
  const visibility = scope.type === 'TEAM' ? 'TEAM' : 'COMMUNITY';
  return canSee(authorizer.sees(codes), { visibility, communityId, teamId, authorId: null }, authorizer.viewerId);
}

/** A permission of the community reaches its teams, so making events in a team takes belonging to it, too. */
export const canCreate = (authorizer: Authorizer, place: EventPlace): boolean =>
  (belongsTo(authorizer, place) && authorizer.may('events.event.create', place.scope)) || canManage(authorizer, place);

export const isOrganizer = (
  authorizer: Authorizer,
  { authorId, organizerId }: Pick<EventRow, 'authorId' | 'organizerId'>,
): boolean => authorizer.viewerId !== null && (authorId === authorizer.viewerId || organizerId === authorizer.viewerId);

/** Whoever made it or organizes it, as long as they may make events there, and whoever manages the events of the place. */
export const canEdit = (authorizer: Authorizer, event: EventRow): boolean =>
  isOrganizer(authorizer, event) ? canCreate(authorizer, event.place()) : canManage(authorizer, event.place());

/** Whoever marks who was there: those who may at its scope, and those who may change it. */
export const mayMark = (authorizer: Authorizer, event: EventRow): boolean =>
  authorizer.may('events.attendance.mark', event.scopeRef()) || canEdit(authorizer, event);

/** Whoever sees an event and may answer at its scope; the visibility has said for whom it is. */
export const mayAnswer = (authorizer: Authorizer, event: EventRow): boolean =>
  authorizer.viewerId !== null && authorizer.may('events.rsvp.set', event.scopeRef());
