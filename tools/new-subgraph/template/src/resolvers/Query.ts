import * as samples from '../domain/sample/sample.lists.ts';
import type { QueryResolvers } from '../generated/graphql.ts';

export const Query: Omit<QueryResolvers, '_entities' | '_service'> = {
  sample: (_, { id }, ctx) => ctx.loaders.sampleById.load(id),
  samples: (_, args, ctx) => samples.list(ctx, args),
};
