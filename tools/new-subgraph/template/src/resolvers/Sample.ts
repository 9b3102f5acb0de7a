import type { SampleResolvers } from '../generated/graphql.ts';

export const Sample: SampleResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.sampleById.load(id),
  author: ({ authorId }) => ({ id: authorId }),
};
