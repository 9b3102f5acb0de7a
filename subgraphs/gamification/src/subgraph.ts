import { rowsNaming } from '@polity/kernel/access/removed-scopes';
import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { orm } from '../orm.config.ts';
import { access } from './access.ts';
import { consumers } from './consumers.ts';
import type { Context } from './context.ts';
import { expireJob } from './domain/grant/expire.ts';
import { makeLoaders } from './domain/loaders.ts';
import { replayJob } from './domain/rule/replay.ts';
import { concerns, content, people } from './duties.ts';
import { gamificationEvents } from './events.ts';
import { Mutation } from './resolvers/Mutation.ts';
import { Query } from './resolvers/Query.ts';
import { Achievement, Grant, Progress, Scope, User } from './resolvers/types.ts';

export const gamification = defineSubgraph<Context, unknown>({
  name: 'gamification',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers: { Query, Mutation, Achievement, Grant, Progress, Scope, User },
  access,
  orm,
  events: gamificationEvents,
  people,
  content,
  concerns,
  keepsFiles: true,
  loaders: makeLoaders,
  consumers,
  jobs: [expireJob, replayJob],
  // Grants and progress go with their achievement.
  scoped: ['achievement', 'fact'].map((table) => ({
    what: `${table}s`,
    remove: rowsNaming(table, { COMMUNITY: 'community_id', TEAM: 'team_id' }),
  })),
});
