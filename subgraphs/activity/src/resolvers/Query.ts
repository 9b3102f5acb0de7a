import * as lists from '../domain/activity/activity.lists.ts';
import * as mutes from '../domain/mute/mute.service.ts';
import * as subscriptions from '../domain/subscription/subscription.service.ts';
import type { QueryResolvers } from '../generated/graphql.ts';

export const Query: Omit<QueryResolvers, '_entities' | '_service'> = {
  feed: (_, args, ctx) => lists.feed(ctx, args),
  activity: (_, { scope }, ctx) => lists.newest(ctx, scope),
  subscriptions: (_, _args, ctx) => subscriptions.list(ctx),
  feedMutes: (_, _args, ctx) => mutes.list(ctx),
  unreadCount: (_, _args, ctx) => lists.unreadCount(ctx),
};
