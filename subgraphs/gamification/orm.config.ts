import type { OrmDefinition } from '@polity/kernel/db/orm';
import { Achievement } from './src/domain/achievement/achievement.entity.ts';
import { Grant } from './src/domain/grant/grant.entity.ts';
import { Player } from './src/domain/player/player.entity.ts';
import { Fact } from './src/domain/rule/fact.entity.ts';
import { Progress } from './src/domain/rule/progress.entity.ts';

export const orm: OrmDefinition = {
  name: 'gamification',
  entities: [Achievement, Grant, Fact, Progress, Player],
  migrations: new URL('./migrations', import.meta.url).href,
};
