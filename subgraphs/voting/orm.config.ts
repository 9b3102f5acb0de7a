import type { OrmDefinition } from '@polity/kernel/db/orm';
import { Poll } from './src/domain/poll/poll.entity.ts';

export const orm: OrmDefinition = {
  name: 'voting',
  entities: [Poll],
  migrations: new URL('./migrations', import.meta.url).href,
};
