import * as attendance from '../domain/attendance/attendance.lists.ts';
import * as calendar from '../domain/calendar/calendar.lists.ts';
import * as events from '../domain/event/event.service.ts';
import * as feeds from '../domain/feed/feed.service.ts';
import * as answers from '../domain/rsvp/rsvp.lists.ts';
import { scopeOf } from '../domain/scope.ts';
import type { EventResolvers } from '../generated/graphql.ts';

export const Event: EventResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.eventById.load(id),
  visibility: ({ chosenVisibility }) => chosenVisibility,
  scope: (event, _, ctx) => scopeOf(ctx, event),
  onlineUrl: (event, _, ctx) => events.linkOf(ctx, event),
  imageUrl: (event, _, ctx) => events.imageUrl(ctx, event),
  organizer: ({ organizerId }) => ({ id: organizerId }),
  coOrganizers: ({ coOrganizers }) => coOrganizers.map((id) => ({ id })),
  author: ({ authorId }) => ({ id: authorId }),
  viewerCanEdit: (event, _, ctx) => events.viewerCanEdit(ctx, event),
  rsvpCounts: (event, _, ctx) => answers.ofWhole(ctx, event),
  myRsvp: async (event, _, ctx) => (await answers.ofWhole(ctx, event)).mine,
  attendees: (event, args, ctx) => answers.attendees(ctx, event, args),
  attendance: (event, args, ctx) => attendance.ofEvent(ctx, event, args),
  attendanceCsv: (event, _, ctx) => attendance.asCsv(ctx, event),
  checkInCode: (event, args, ctx) => attendance.codeFor(ctx, event, args),
  stats: (event, _, ctx) => attendance.statsOf(ctx, event),
  ics: (event, _, ctx) => feeds.fileOf(ctx, event),
  occurrences: (event, args, ctx) => calendar.ofEvent(ctx, event, args),
};
