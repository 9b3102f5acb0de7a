import { stubOf } from '../domain/application.ts';
import { applicationOf } from '../domain/namespace/namespace-id.ts';
import type { PersistedOperationResolvers } from '../generated/graphql.ts';

export const PersistedOperation: PersistedOperationResolvers = {
  id: ({ documentId }) => documentId,
  application: ({ namespaceId }) => stubOf(applicationOf(namespaceId)),
};
