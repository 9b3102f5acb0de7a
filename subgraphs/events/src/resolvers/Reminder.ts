import type { ReminderResolvers } from '../generated/graphql.ts';

export const Reminder: ReminderResolvers = {
  event: ({ eventId }, _, ctx) => (eventId ? ctx.loaders.eventById.load(eventId) : null),
  minutesBefore: ({ minutes }) => minutes ?? null,
};
