import * as events from '../domain/event/event.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  createEvent: (_, { input }, ctx) => events.create(ctx, input),
  updateEvent: (_, { id, input }, ctx) => events.update(ctx, id, input),
  deleteEvent: (_, { id }, ctx) => events.remove(ctx, id),
};
