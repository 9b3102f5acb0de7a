import {
  contentHidden,
  contentRestored,
  type DataOf,
  flag,
  id,
  moment,
  placeFields,
  told,
  visibility,
} from '@polity/kernel/events/catalogue';
import { recorder } from '@polity/kernel/events/recorder';
import { z } from 'zod';

const eventId = id('The calendar event.');
const about = { type: 'Event', id: 'eventId' };
const noticed = (kind: string, says: string) => ({ about, notice: { kind, says } });
const userId = id('The person.');
const occurrence = moment('Original start of the date that is meant; null for all dates.').nullable();
const placed = z.strictObject({ eventId, ...placeFields });
const event = placed.extend({ visibility });

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
export const eventsEvents = {
  'events.event.created': told(event.describe('An event was published.'), { about }),
  'events.event.updated': told(event.extend({ occurrence }).describe('An event, or one date of it, was changed.'), {
    about,
  }),
  'events.event.cancelled': told(
    event.extend({ occurrence }).describe('An event, or one date of it, was cancelled.'),
    noticed('event', 'The event “{title}” was cancelled'),
  ),
  'events.event.deleted': told(event.describe('An event was deleted.'), { about }),
  'events.rsvp.changed': told(
    placed
      .extend({
        occurrence,
        userId,
        rsvp: z
          .enum(['INTERESTED', 'GOING', 'NOT_GOING', 'WAITLISTED'])
          .describe('What they answered; null where they took it back.')
          .nullable(),
      })
      .describe('Somebody answered whether they come.'),
    { about },
  ),
  'events.attendance.marked': told(
    placed
      .extend({
        occurrence,
        userId,
        present: flag('Whether they were there.'),
        method: z.enum(['ORGANIZER', 'CODE', 'SELF']).describe('Who says so: an organizer, a code, the person.'),
      })
      .describe('It was noted whether somebody was there.'),
    { about },
  ),
  'events.reminder.due': told(
    z
      .strictObject({
        eventId,
        occurrence: moment('Original start of the date.'),
        startsAt: moment('When the date begins.'),
        userIds: z.array(z.guid()).describe('Who wants to be reminded.'),
      })
      .describe('A date is near of which people want to be reminded.'),
    noticed('reminder', 'The event “{title}” is near'),
  ),
  'events.waitlist.promoted': told(
    z.strictObject({ eventId, userId, occurrence }).describe('Somebody who waited for room has a place.'),
    noticed('rsvp', 'You have a place at “{title}”'),
  ),
  'events.content.hidden': contentHidden,
  'events.content.restored': contentRestored,
};

export type EventsEvents = DataOf<typeof eventsEvents>;

export const recordEvent = recorder<EventsEvents>();
