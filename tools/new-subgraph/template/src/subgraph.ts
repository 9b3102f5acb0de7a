import { rowsNaming } from '@polity/kernel/access/removed-scopes';
import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { orm } from '../orm.config.ts';
import { access } from './access.ts';
import type { Context } from './context.ts';
import { makeLoaders } from './domain/loaders.ts';
import { content, people } from './duties.ts';
import { specimensEvents } from './events.ts';
import { Mutation } from './resolvers/Mutation.ts';
import { Query } from './resolvers/Query.ts';
import { Sample } from './resolvers/Sample.ts';

export const specimens = defineSubgraph<Context, unknown>({
  name: 'specimens',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers: { Query, Mutation, Sample },
  access,
  orm,
  events: specimensEvents,
  people,
  content,
  loaders: makeLoaders,
  scoped: [{ what: 'samples', remove: rowsNaming('sample', { COMMUNITY: 'community_id', TEAM: 'team_id' }) }],
});
