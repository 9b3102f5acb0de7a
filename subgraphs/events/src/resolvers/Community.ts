import * as events from '../domain/event/event.lists.ts';
import type { CommunityResolvers } from '../generated/graphql.ts';

export const Community: CommunityResolvers = {
  events: ({ id }, args, ctx) => events.ofCommunity(ctx, id, args),
};
