import type { PollResolvers } from '../generated/graphql.ts';

export const Poll: PollResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.pollById.load(id),
  author: ({ authorId }) => ({ id: authorId }),
};
