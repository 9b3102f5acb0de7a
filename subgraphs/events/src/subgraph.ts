import { rowsNaming } from '@polity/kernel/access/removed-scopes';
import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { orm } from '../orm.config.ts';
import { access } from './access.ts';
import type { Context } from './context.ts';
import { importJob } from './domain/ics/import-run.service.ts';
import { makeLoaders } from './domain/loaders.ts';
import { remindJob } from './domain/reminder/remind.job.ts';
import { releaseJob } from './domain/rsvp/release.job.ts';
import { refreshJob } from './domain/subscription/refresh.job.ts';
import { concerns, content, people } from './duties.ts';
import { eventsEvents } from './events.ts';
import { openPorts, type Ports } from './ports.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { routes } from './routes.ts';
import { seedDemo } from './seed.ts';

export const events = defineSubgraph<Context, Ports>({
  name: 'events',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers,
  access,
  orm,
  events: eventsEvents,
  people,
  content,
  concerns,
  boot: openPorts,
  context: (_base, ports) => ({ ports }),
  loaders: makeLoaders,
  jobs: [remindJob, releaseJob, importJob, refreshJob],
  keepsFiles: true,
  seed: (runtime, _ports, open) => seedDemo(runtime, open),
  routes,
  // Answers and all else of an event go with its row.
  scoped: ['event', 'calendar_import', 'calendar_subscription'].map((table) => ({
    what: table === 'event' ? 'events' : `${table.replace('_', ' ')}s`,
    remove: rowsNaming(table, { COMMUNITY: 'community_id', TEAM: 'team_id' }),
  })),
});
