import { chosenScope } from '../domain/scope.ts';
import type { FeedSubscriptionResolvers } from '../generated/graphql.ts';

export const FeedSubscription: FeedSubscriptionResolvers = {
  scope: (subscription, _, ctx) => chosenScope(ctx, subscription),
};
