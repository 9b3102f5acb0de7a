import * as lists from '../domain/activity/activity.lists.ts';
import * as mutes from '../domain/mute/mute.service.ts';
import * as notifications from '../domain/notification/notification.lists.ts';
import * as settings from '../domain/notification/setting.service.ts';
import * as pushes from '../domain/push/push.service.ts';
import { markRead } from '../domain/read/read.ts';
import * as subscriptions from '../domain/subscription/subscription.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  subscribe: (_, { scope, types }, ctx) => subscriptions.subscribe(ctx, scope, types),
  unsubscribe: (_, { id }, ctx) => subscriptions.unsubscribe(ctx, id),
  muteFeed: (_, { input }, ctx) => mutes.mute(ctx, input),
  unmuteFeed: (_, { id }, ctx) => mutes.unmute(ctx, id),
  markNotificationRead: (_, { id }, ctx) => notifications.markRead(ctx, id),
  markNotificationsRead: (_, { upTo }, ctx) => notifications.markAllRead(ctx, upTo),
  setNotificationSetting: (_, { input }, ctx) => settings.set(ctx, input),
  setNotificationTimeZone: (_, { timeZone }, ctx) => settings.setTimeZone(ctx, timeZone),
  addPushSubscription: (_, { input }, ctx) => pushes.add(ctx, input),
  removePushSubscription: (_, { id }, ctx) => pushes.remove(ctx, id),
  async markFeedRead(_, { upTo }, ctx) {
    await markRead(ctx, upTo);
    return lists.unreadCount(ctx);
  },
};
