import { onDate } from '../domain/calendar/occurrence.ts';
import * as events from '../domain/event/event.service.ts';
import * as answers from '../domain/rsvp/rsvp.lists.ts';
import type { OccurrenceResolvers } from '../generated/graphql.ts';

export const Occurrence: OccurrenceResolvers = {
  title: (date) => onDate(date, 'title') as string,
  description: (date) => onDate(date, 'description'),
  location: (date) => onDate(date, 'location'),
  onlineUrl: (date, _, ctx) => events.linkOn(ctx, date),
  rsvpCounts: (date, _, ctx) => answers.ofDate(ctx, date),
  myRsvp: async (date, _, ctx) => (await answers.ofDate(ctx, date)).mine,
  cancelReason: ({ event, changed }) => changed?.cancelReason ?? event.cancelReason,
};
