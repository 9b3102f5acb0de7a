import type { OrmDefinition } from '@polity/kernel/db/orm';
import { Activity } from './src/domain/activity/activity.entity.ts';
import { FeedMute } from './src/domain/mute/mute.entity.ts';
import { Notification } from './src/domain/notification/notification.entity.ts';
import { DigestZone, NotificationSetting } from './src/domain/notification/setting.entity.ts';
import { PushSubscription } from './src/domain/push/push-subscription.entity.ts';
import { ReadMark } from './src/domain/read/read-mark.entity.ts';
import { FeedSubscription } from './src/domain/subscription/subscription.entity.ts';

export const orm: OrmDefinition = {
  name: 'activity',
  entities: [
    ...[Activity, FeedSubscription, FeedMute, ReadMark],
    ...[Notification, NotificationSetting, DigestZone, PushSubscription],
  ],
  migrations: new URL('./migrations', import.meta.url).href,
};
