import { onDate } from '../domain/calendar/occurrence.ts';
import * as events from '../domain/event/event.service.ts';
import type { OccurrenceResolvers } from '../generated/graphql.ts';

export const Occurrence: OccurrenceResolvers = {
  title: (date) => onDate(date, 'title') as string,
  description: (date) => onDate(date, 'description'),
  location: (date) => onDate(date, 'location'),
  onlineUrl: (date, _, ctx) => events.linkOn(ctx, date),
  cancelReason: ({ event, changed }) => changed?.cancelReason ?? event.cancelReason,
};
