import type { OrmDefinition } from '@polity/kernel/db/orm';
import { Activity } from './src/domain/activity/activity.entity.ts';
import { FeedMute } from './src/domain/mute/mute.entity.ts';
import { ReadMark } from './src/domain/read/read-mark.entity.ts';
import { FeedSubscription } from './src/domain/subscription/subscription.entity.ts';

export const orm: OrmDefinition = {
  name: 'activity',
  entities: [Activity, FeedSubscription, FeedMute, ReadMark],
  migrations: new URL('./migrations', import.meta.url).href,
};
