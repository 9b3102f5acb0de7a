import { chosenScope } from '../domain/scope.ts';
import type { FeedMuteResolvers } from '../generated/graphql.ts';

export const FeedMute: FeedMuteResolvers = {
  scope: (mute, _, ctx) => chosenScope(ctx, mute),
  user: ({ mutedId }) => (mutedId ? { id: mutedId } : null),
};
