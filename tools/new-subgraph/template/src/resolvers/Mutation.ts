import * as samples from '../domain/sample/sample.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  createSample: (_, { input }, ctx) => samples.create(ctx, input),
  updateSample: (_, { id, input }, ctx) => samples.update(ctx, id, input),
  deleteSample: (_, { id }, ctx) => samples.remove(ctx, id),
};
