import * as lists from '../domain/activity/activity.lists.ts';
import * as mutes from '../domain/mute/mute.service.ts';
import * as notifications from '../domain/notification/notification.lists.ts';
import * as settings from '../domain/notification/setting.service.ts';
import * as pushes from '../domain/push/push.service.ts';
import * as subscriptions from '../domain/subscription/subscription.service.ts';
import type { QueryResolvers } from '../generated/graphql.ts';

export const Query: Omit<QueryResolvers, '_entities' | '_service'> = {
  feed: (_, args, ctx) => lists.feed(ctx, args),
  activity: (_, { scope }, ctx) => lists.newest(ctx, scope),
  subscriptions: (_, _args, ctx) => subscriptions.list(ctx),
  feedMutes: (_, _args, ctx) => mutes.list(ctx),
  notifications: (_, args, ctx) => notifications.list(ctx, args),
  notification: (_, _args, ctx) => notifications.newest(ctx),
  unreadNotifications: (_, _args, ctx) => notifications.unreadCount(ctx),
  notificationSettings: (_, _args, ctx) => settings.settings(ctx),
  notificationTimeZone: (_, _args, ctx) => settings.timeZone(ctx),
  pushSubscriptions: (_, _args, ctx) => pushes.list(ctx),
  pushKey: (_, _args, { ports }) => ports.vapid.publicKey,
  unreadCount: (_, _args, ctx) => lists.unreadCount(ctx),
};
