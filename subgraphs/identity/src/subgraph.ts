import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { orm } from '../orm.config.ts';
import { access } from './access.ts';
import { readConfig } from './config.ts';
import { type Context, ownPart } from './context.ts';
import { applicationWaits } from './domain/application/application.notices.ts';
import { makeLoaders } from './domain/loaders.ts';
import { unfinishedEnds } from './domain/membership/membership.restore.ts';
import { concerns, people } from './duties.ts';
import { identityEvents } from './events.ts';
import { endedSessions } from './oidc/ended-sessions.ts';
import { openPorts, type Ports } from './ports.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { retention } from './retention.ts';
import { routes } from './routes.ts';
import { seedIdentity } from './seed.ts';

export const identity = defineSubgraph<Context, Ports>({
  name: 'identity',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers: resolvers as Record<string, unknown>,
  access,
  orm,
  events: identityEvents,
  people,
  keepsFiles: true,
  concerns,
  boot: openPorts,
  loaders: makeLoaders,
  context: (_base, ports, runtime) => ownPart(ports, runtime),
  routes,
  jobs: [applicationWaits],
  consumers: [endedSessions, unfinishedEnds],
  seed: async (runtime, ports) => void (await seedIdentity(runtime, ports)),
  retention: ({ env }) => retention(readConfig(env)),
  async close({ mailer, breachedPasswords }) {
    await breachedPasswords.close();
    await mailer.close();
  },
});
