import { type DataOf, id, placeFields, word } from '@polity/kernel/events/catalogue';
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
};

type ActivityEvents = DataOf<typeof activityEvents>;

export const recordEvent = recorder<ActivityEvents>();
