import { recorder } from '@polity/kernel/events/recorder';

interface EventEvent {
  eventId: string;
  communityId: string | null;
  teamId: string | null;
  visibility: string;
}

/** The original start of the date that is meant; null for all dates. */
interface OfDate {
  occurrence: string | null;
}

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
export interface EventsEvents {
  'events.event.created': EventEvent;
  'events.event.updated': EventEvent & OfDate;
  'events.event.cancelled': EventEvent & OfDate;
  'events.event.deleted': EventEvent;
  'events.rsvp.changed': Omit<EventEvent, 'visibility'> & OfDate & { userId: string; rsvp: string | null };
  'events.attendance.marked': Omit<EventEvent, 'visibility'> &
    OfDate & { userId: string; present: boolean; method: string };
  'events.reminder.due': { eventId: string; occurrence: string; startsAt: string; userIds: string[] };
  'events.waitlist.promoted': OfDate & { eventId: string; userId: string };
}

export const recordEvent = recorder<EventsEvents>();
