import type { Authorizer } from '@polity/kernel/access/authorizer';
import { mayAsMember, type RowPlace } from '@polity/kernel/access/placed';
import type { EventRow } from './event.entity.ts';

/** What reading and managing events takes. */
export const codes = { read: 'events.event.read', manage: 'events.event.manage' };

export const canManage = (authorizer: Authorizer, { scope }: RowPlace): boolean => authorizer.may(codes.manage, scope);

export const canCreate = (authorizer: Authorizer, place: RowPlace): boolean =>
  mayAsMember(authorizer, codes, place, 'events.event.create') || canManage(authorizer, place);

export const isOrganizer = (
  authorizer: Authorizer,
  { authorId, organizerId, coOrganizers }: Pick<EventRow, 'authorId' | 'organizerId' | 'coOrganizers'>,
): boolean => authorizer.viewerId !== null && [authorId, organizerId, ...coOrganizers].includes(authorizer.viewerId);

/** Whoever made it or organizes it, first or beside, as long as they may make events there, and whoever manages the events of the place. */
export const canEdit = (authorizer: Authorizer, event: EventRow): boolean =>
  isOrganizer(authorizer, event) ? canCreate(authorizer, event.place()) : canManage(authorizer, event.place());

/** Whoever marks who was there: those who may at its scope, and those who may change it. */
export const mayMark = (authorizer: Authorizer, event: EventRow): boolean =>
  authorizer.may('events.attendance.mark', event.scopeRef()) || canEdit(authorizer, event);

/** Whoever sees an event and may answer at its scope; the visibility has said for whom it is. */
export const mayAnswer = (authorizer: Authorizer, event: EventRow): boolean =>
  authorizer.viewerId !== null && authorizer.may('events.rsvp.set', event.scopeRef());
