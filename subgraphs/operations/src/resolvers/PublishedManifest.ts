import { stubOf } from '../domain/application.ts';
import type { PublishedManifestResolvers } from '../generated/graphql.ts';

export const PublishedManifest: PublishedManifestResolvers = {
  application: ({ applicationId }) => stubOf(applicationId),
};
