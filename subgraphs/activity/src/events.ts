import { count, type DataOf, id, placeFields, word } from '@polity/kernel/events/catalogue';
import { recorder } from '@polity/kernel/events/recorder';
import { z } from 'zod';

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
export const activityEvents = {
  'activity.entry.created': z
    .strictObject({
      activityId: id('The entry, which has the id of the event that it tells of.'),
      type: word('Type of that event.'),
      tenantId: id('The tenant, whose feed has it.'),
      ...placeFields,
    })
    .describe('The feed has another entry.'),
  'activity.notification.created': z
    .strictObject({
      eventId: id('The event that was told.'),
      kind: word('Kind of the notifications.'),
      people: count('How many people were told.'),
    })
    .describe('People were told of an event that concerns them.'),
};

type ActivityEvents = DataOf<typeof activityEvents>;

export const recordEvent = recorder<ActivityEvents>();
