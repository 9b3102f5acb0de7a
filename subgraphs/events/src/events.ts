import { recorder } from '@polity/kernel/events/recorder';

interface EventEvent {
  eventId: string;
  visibility: string;
}

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
interface EventsEvents {
  'events.event.created': EventEvent;
  'events.event.updated': EventEvent;
  'events.event.deleted': EventEvent;
}

export const recordEvent = recorder<EventsEvents>();
