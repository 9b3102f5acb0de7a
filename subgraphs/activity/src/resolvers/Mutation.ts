import * as lists from '../domain/activity/activity.lists.ts';
import * as mutes from '../domain/mute/mute.service.ts';
import { markRead } from '../domain/read/read.ts';
import * as subscriptions from '../domain/subscription/subscription.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  subscribe: (_, { scope, types }, ctx) => subscriptions.subscribe(ctx, scope, types),
  unsubscribe: (_, { id }, ctx) => subscriptions.unsubscribe(ctx, id),
  muteFeed: (_, { input }, ctx) => mutes.mute(ctx, input),
  unmuteFeed: (_, { id }, ctx) => mutes.unmute(ctx, id),
  async markFeedRead(_, { upTo }, ctx) {
    await markRead(ctx, upTo);
    return lists.unreadCount(ctx);
  },
};
