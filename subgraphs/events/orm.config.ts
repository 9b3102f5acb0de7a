import type { OrmDefinition } from '@polity/kernel/db/orm';
import { Attendance } from './src/domain/attendance/attendance.entity.ts';
import { ChangedDate } from './src/domain/event/changed-date.entity.ts';
import { Event } from './src/domain/event/event.entity.ts';
import { EventOrganizer } from './src/domain/event/organizer.entity.ts';
import { CalendarFeed } from './src/domain/feed/calendar-feed.entity.ts';
import { ImportRun } from './src/domain/ics/import-run.entity.ts';
import { Reminder } from './src/domain/reminder/reminder.entity.ts';
import { Rsvp } from './src/domain/rsvp/rsvp.entity.ts';
import { Tally } from './src/domain/rsvp/tally.entity.ts';
import { CalendarSubscription } from './src/domain/subscription/subscription.entity.ts';

export const orm: OrmDefinition = {
  name: 'events',
  entities: [
    Event,
    EventOrganizer,
    ChangedDate,
    Rsvp,
    Tally,
    Attendance,
    CalendarFeed,
    Reminder,
    ImportRun,
    CalendarSubscription,
  ],
  migrations: new URL('./migrations', import.meta.url).href,
};
