import * as namespaces from '../domain/namespace/namespace.service.ts';
import { limit } from '../domain/operation/limit.service.ts';
import { publish } from '../domain/operation/publish.service.ts';
import { retire } from '../domain/operation/retire.service.ts';
import { noteUses } from '../domain/operation/usage.service.ts';
import * as publications from '../domain/publication/publication.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  publishOperations: (_, { input }, ctx) => publish(ctx, input),
  publishUploadedOperations: (_, { input }, ctx) => publications.start(ctx, input),
  retireOperations: (_, { applicationId, ids }, ctx) => retire(ctx, applicationId ?? null, ids),
  limitOperation: (_, { input }, ctx) => limit(ctx, input),
  setOperationLimits: (_, { input }, ctx) => namespaces.setLimits(ctx, input),
  _noteUses: (_, { uses }, ctx) => noteUses(ctx, uses),
};
