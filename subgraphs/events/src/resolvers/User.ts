import * as answers from '../domain/rsvp/rsvp.lists.ts';
import type { UserResolvers } from '../generated/graphql.ts';

export const User: UserResolvers = {
  events: ({ id }, args, ctx) => answers.eventsOf(ctx, id, args),
};
