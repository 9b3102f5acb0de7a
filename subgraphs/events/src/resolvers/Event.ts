import type { EventResolvers } from '../generated/graphql.ts';

export const Event: EventResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.eventById.load(id),
  author: ({ authorId }) => ({ id: authorId }),
};
