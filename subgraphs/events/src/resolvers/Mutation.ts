import * as edits from '../domain/event/event.edit.ts';
import * as events from '../domain/event/event.service.ts';
import * as rsvps from '../domain/rsvp/rsvp.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  createEvent: (_, { input }, ctx) => events.create(ctx, input),
  updateEvent: (_, { id, input, ...span }, ctx) => edits.update(ctx, id, input, span),
  publishEvent: (_, { id }, ctx) => events.publish(ctx, id),
  cancelEvent: (_, { id, ...cancelling }, ctx) => edits.cancel(ctx, id, cancelling),
  duplicateEvent: (_, { id, startsAt }, ctx) => events.duplicate(ctx, id, startsAt),
  setRsvp: (_, { eventId, occurrence, ...input }, ctx) => rsvps.set(ctx, { eventId, occurrence, input }),
  decideRsvp: (_, args, ctx) => rsvps.decide(ctx, args),
  deleteEvent: (_, { id }, ctx) => events.remove(ctx, id),
};
