import * as answers from '../domain/rsvp/rsvp.lists.ts';
import type { AttendeeResolvers } from '../generated/graphql.ts';

export const Attendee: AttendeeResolvers = {
  user: ({ userId }) => ({ id: userId }),
  rsvp: ({ status }) => status,
  answers: async (rsvp, _, ctx) => ((await answers.seesAnswers(ctx, rsvp)) ? [...rsvp.answers] : null),
};
