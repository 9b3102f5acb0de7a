import * as namespaces from '../domain/namespace/namespace.service.ts';
import * as operations from '../domain/operation/operation.lists.ts';
import * as publications from '../domain/publication/publication.service.ts';
import type { QueryResolvers } from '../generated/graphql.ts';

export const Query: Omit<QueryResolvers, '_entities' | '_service'> = {
  persistedOperations: (_, { applicationId, ...page }, ctx) => operations.list(ctx, applicationId ?? null, page),
  operationLimits: (_, { applicationId }, ctx) => namespaces.limits(ctx, applicationId ?? null),
  publication: (_, { id }, ctx) => publications.ofViewer(ctx, id),
  _operationNamespaces: (_, __, ctx) => namespaces.forGateway(ctx),
  _persistedOperation: (_, by, ctx) => operations.forGateway(ctx, by),
  _publishingTenants: (_, { after }, ctx) => namespaces.publishingTenants(ctx, after ?? null),
  _publishedOperations: (_, { applicationId, before }, ctx) =>
    operations.allForGateway(ctx, applicationId ?? null, before ?? null),
};
