import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { orm } from '../orm.config.ts';
import { access } from './access.ts';
import type { Context } from './context.ts';
import { makeLoaders } from './domain/loaders.ts';
import { content, people } from './duties.ts';
import { Event } from './resolvers/Event.ts';
import { Mutation } from './resolvers/Mutation.ts';
import { Query } from './resolvers/Query.ts';

export const events = defineSubgraph<Context, unknown>({
  name: 'events',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers: { Query, Mutation, Event },
  access,
  orm,
  people,
  content,
  loaders: makeLoaders,
});
