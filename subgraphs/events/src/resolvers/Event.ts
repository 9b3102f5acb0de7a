import * as calendar from '../domain/calendar/calendar.lists.ts';
import * as events from '../domain/event/event.service.ts';
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
  occurrences: (event, args, ctx) => calendar.ofEvent(ctx, event, args),
};
