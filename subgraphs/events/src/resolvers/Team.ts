import * as events from '../domain/event/event.lists.ts';
import type { TeamResolvers } from '../generated/graphql.ts';

export const Team: TeamResolvers = {
  events: ({ id }, args, ctx) => events.ofTeam(ctx, id, args),
};
