import {
  contentHidden,
  contentRestored,
  type DataOf,
  flag,
  id,
  moment,
  placeFields,
  visibility,
} from '@polity/kernel/events/catalogue';
import { recorder } from '@polity/kernel/events/recorder';
import { z } from 'zod';

const eventId = id('The calendar event.');
const userId = id('The person.');
const occurrence = moment('Original start of the date that is meant; null for all dates.').nullable();
const placed = z.strictObject({ eventId, ...placeFields });
const event = placed.extend({ visibility });

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
export const eventsEvents = {
  'events.event.created': event.describe('An event was published.'),
  'events.event.updated': event.extend({ occurrence }).describe('An event, or one date of it, was changed.'),
  'events.event.cancelled': event.extend({ occurrence }).describe('An event, or one date of it, was cancelled.'),
  'events.event.deleted': event.describe('An event was deleted.'),
  'events.rsvp.changed': placed
    .extend({
      occurrence,
      userId,
      rsvp: z
        .enum(['INTERESTED', 'GOING', 'NOT_GOING', 'WAITLISTED'])
        .describe('What they answered; null where they took it back.')
        .nullable(),
    })
    .describe('Somebody answered whether they come.'),
  'events.attendance.marked': placed
    .extend({
      occurrence,
      userId,
      present: flag('Whether they were there.'),
      method: z.enum(['ORGANIZER', 'CODE', 'SELF']).describe('Who says so: an organizer, a code, the person.'),
    })
    .describe('It was noted whether somebody was there.'),
  'events.reminder.due': z
    .strictObject({
      eventId,
      occurrence: moment('Original start of the date.'),
      startsAt: moment('When the date begins.'),
      userIds: z.array(z.guid()).describe('Who wants to be reminded.'),
    })
    .describe('A date is near of which people want to be reminded.'),
  'events.waitlist.promoted': z
    .strictObject({ eventId, userId, occurrence })
    .describe('Somebody who waited for room has a place.'),
  'events.content.hidden': contentHidden,
  'events.content.restored': contentRestored,
};

export type EventsEvents = DataOf<typeof eventsEvents>;

export const recordEvent = recorder<EventsEvents>();
