import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { orm } from '../orm.config.ts';
import { access } from './access.ts';
import type { Context, Ports } from './context.ts';
import { documentCheck } from './document-check.ts';
import { publishJob } from './domain/publication/publish.job.ts';
import { people } from './duties.ts';
import { operationsEvents } from './events.ts';
import { Mutation } from './resolvers/Mutation.ts';
import { Query } from './resolvers/Query.ts';
import {
  OperationLimits,
  PersistedOperation,
  Publication,
  PublishedManifest,
  RefusedOperation,
} from './resolvers/types.ts';

export const operations = defineSubgraph<Context, Ports>({
  name: 'operations',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers: { Query, Mutation, OperationLimits, PersistedOperation, Publication, PublishedManifest, RefusedOperation },
  access,
  orm,
  events: operationsEvents,
  people,
  jobs: [publishJob],
  keepsFiles: true,
  boot: async () => ({ check: documentCheck() }),
  context: (_base, ports) => ports,
});
