import type { OrmDefinition } from '@polity/kernel/db/orm';
import { Sample } from './src/domain/sample/sample.entity.ts';

export const orm: OrmDefinition = {
  name: 'specimens',
  entities: [Sample],
  migrations: new URL('./migrations', import.meta.url).href,
};
