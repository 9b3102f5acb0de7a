import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { orm } from '../orm.config.ts';
import { access } from './access.ts';
import type { Context } from './context.ts';
import { makeLoaders } from './domain/loaders.ts';
import { content, people } from './duties.ts';
import { Mutation } from './resolvers/Mutation.ts';
import { Poll } from './resolvers/Poll.ts';
import { Query } from './resolvers/Query.ts';

export const voting = defineSubgraph<Context, unknown>({
  name: 'voting',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers: { Query, Mutation, Poll },
  access,
  orm,
  people,
  content,
  loaders: makeLoaders,
});
