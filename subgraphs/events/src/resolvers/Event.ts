import * as calendar from '../domain/calendar/calendar.lists.ts';
import * as events from '../domain/event/event.service.ts';
import * as answers from '../domain/rsvp/rsvp.lists.ts';
import { scopeOf } from '../domain/scope.ts';
import type { EventResolvers } from '../generated/graphql.ts';

export const Event: EventResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.eventById.load(id),
  visibility: ({ chosenVisibility }) => chosenVisibility,
  scope: (event, _, ctx) => scopeOf(ctx, event),
  onlineUrl: (event, _, ctx) => events.linkOf(ctx, event),
  organizer: ({ organizerId }) => ({ id: organizerId }),
  author: ({ authorId }) => ({ id: authorId }),
  viewerCanEdit: (event, _, ctx) => events.viewerCanEdit(ctx, event),
  rsvpCounts: (event, _, ctx) => answers.ofWhole(ctx, event),
  myRsvp: async (event, _, ctx) => (await answers.ofWhole(ctx, event)).mine,
  attendees: (event, args, ctx) => answers.attendees(ctx, event, args),
  occurrences: (event, args, ctx) => calendar.ofEvent(ctx, event, args),
};
