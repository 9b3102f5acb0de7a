import * as calendar from '../domain/calendar/calendar.lists.ts';
import * as events from '../domain/event/event.lists.ts';
import type { QueryResolvers } from '../generated/graphql.ts';

export const Query: Omit<QueryResolvers, '_entities' | '_service'> = {
  event: (_, { id }, ctx) => ctx.loaders.eventById.load(id),
  events: (_, args, ctx) => events.list(ctx, args),
  calendar: (_, args, ctx) => calendar.calendar(ctx, args),
};
