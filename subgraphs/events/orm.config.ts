import type { OrmDefinition } from '@polity/kernel/db/orm';
import { ChangedDate } from './src/domain/event/changed-date.entity.ts';
import { Event } from './src/domain/event/event.entity.ts';
import { Rsvp } from './src/domain/rsvp/rsvp.entity.ts';
import { Tally } from './src/domain/rsvp/tally.entity.ts';

export const orm: OrmDefinition = {
  name: 'events',
  entities: [Event, ChangedDate, Rsvp, Tally],
  migrations: new URL('./migrations', import.meta.url).href,
};
