import { stubOf } from '../domain/application.ts';
import { applicationOf } from '../domain/namespace/namespace-id.ts';
import type {
  OperationLimitsResolvers,
  PersistedOperationResolvers,
  PublicationResolvers,
  PublishedManifestResolvers,
  RefusedOperationResolvers,
} from '../generated/graphql.ts';

export const OperationLimits: OperationLimitsResolvers = {
  application: ({ applicationId }) => stubOf(applicationId),
};

export const PersistedOperation: PersistedOperationResolvers = {
  id: ({ documentId }) => documentId,
  application: ({ namespaceId }) => stubOf(applicationOf(namespaceId)),
};

export const PublishedManifest: PublishedManifestResolvers = {
  application: ({ applicationId }) => stubOf(applicationId),
};

export const Publication: PublicationResolvers = {
  application: ({ namespaceId }) => stubOf(applicationOf(namespaceId)),
  refused: ({ refused }) => refused ?? [],
};

export const RefusedOperation: RefusedOperationResolvers = {
  operationId: ({ id }) => id,
};
