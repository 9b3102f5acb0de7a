import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { orm } from '../orm.config.ts';
import { access as declaration } from './access.ts';
import { authzenRoutes } from './authzen/routes.ts';
import { consumers } from './consumers.ts';
import { type Context, ownPart } from './context.ts';
import { makeLoaders } from './domain/loaders.ts';
import { concerns, people } from './duties.ts';
import { accessEvents } from './events.ts';
import { jobs, retention } from './jobs.ts';
import { openPorts, type Ports } from './ports.ts';
import { resolvers } from './resolvers/resolvers.ts';

export const access = defineSubgraph<Context, Ports>({
  name: 'access',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers,
  access: declaration,
  orm,
  events: accessEvents,
  people,
  concerns,
  boot: openPorts,
  loaders: makeLoaders,
  context: (_base, ports, runtime) => ownPart(ports, runtime),
  consumers,
  jobs,
  retention,
  routes: authzenRoutes,
  withoutDatabase: ['can', 'canEach', 'checkAccess', 'effectiveAccess'],
  close: (ports) => ports.close(),
});
