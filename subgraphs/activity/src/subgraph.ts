import { rowsNaming } from '@polity/kernel/access/removed-scopes';
import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { orm } from '../orm.config.ts';
import { access } from './access.ts';
import { consumers } from './consumers.ts';
import type { Context } from './context.ts';
import { makeLoaders } from './domain/loaders.ts';
import { people } from './duties.ts';
import { activityEvents } from './events.ts';
import { resolvers } from './resolvers/resolvers.ts';

const byScope = { COMMUNITY: 'scope_id', TEAM: 'scope_id' } as const;

export const activity = defineSubgraph<Context, unknown>({
  name: 'activity',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers,
  access,
  orm,
  people,
  events: activityEvents,
  loaders: makeLoaders,
  consumers,
  scoped: [
    { what: 'entries of the feed', remove: rowsNaming('activity', { COMMUNITY: 'community_id', TEAM: 'team_id' }) },
    { what: 'subscriptions', remove: rowsNaming('feed_subscription', byScope) },
    { what: 'mutes', remove: rowsNaming('feed_mute', byScope) },
  ],
});
