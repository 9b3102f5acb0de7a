import type { OrmDefinition } from '@polity/kernel/db/orm';
import { Event } from './src/domain/event/event.entity.ts';

export const orm: OrmDefinition = {
  name: 'events',
  entities: [Event],
  migrations: new URL('./migrations', import.meta.url).href,
};
