import { rowsNaming } from '@polity/kernel/access/removed-scopes';
import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { removedBy } from '@polity/kernel/jobs/retention';
import { orm } from '../orm.config.ts';
import { access } from './access.ts';
import { consumers } from './consumers.ts';
import type { Context } from './context.ts';
import { makeLoaders } from './domain/loaders.ts';
import { mailJob } from './domain/notification/mail.job.ts';
import { pushJob } from './domain/push/push.job.ts';
import { people } from './duties.ts';
import { activityEvents } from './events.ts';
import { openPorts, type Ports } from './ports.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { routes } from './routes.ts';

const byScope = { COMMUNITY: 'scope_id', TEAM: 'scope_id' } as const;

export const activity = defineSubgraph<Context, Ports>({
  name: 'activity',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers,
  access,
  orm,
  people,
  events: activityEvents,
  boot: openPorts,
  context: (_base, ports) => ({ ports }),
  loaders: makeLoaders,
  consumers,
  jobs: [mailJob, pushJob],
  routes,
  retention: () => [{ what: 'notifications', days: 90, remove: removedBy('remove_old_notifications') }],
  scoped: [
    { what: 'entries of the feed', remove: rowsNaming('activity', { COMMUNITY: 'community_id', TEAM: 'team_id' }) },
    { what: 'subscriptions', remove: rowsNaming('feed_subscription', byScope) },
    { what: 'notifications', remove: rowsNaming('notification', { COMMUNITY: 'object_id', TEAM: 'object_id' }) },
    { what: 'mutes', remove: rowsNaming('feed_mute', byScope) },
  ],
});
