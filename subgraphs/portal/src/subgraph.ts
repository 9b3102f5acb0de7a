import { rowsNaming } from '@polity/kernel/access/removed-scopes';
import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { orm } from '../orm.config.ts';
import { access } from './access.ts';
import { consumers } from './consumers.ts';
import type { Context } from './context.ts';
import { describeCommunity } from './domain/community/community.mirror.ts';
import { makeLoaders } from './domain/loaders.ts';
import { foldMemberCounts, reconcileMemberCounts } from './domain/membership/member-count.ts';
import { concerns, content, people } from './duties.ts';
import { portalEvents } from './events.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { seedDemo } from './seed.ts';

export const portal = defineSubgraph<Context, unknown>({
  name: 'portal',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers,
  access,
  orm,
  events: portalEvents,
  people,
  content,
  concerns,
  loaders: makeLoaders,
  consumers,
  jobs: [describeCommunity, foldMemberCounts, reconcileMemberCounts],
  scoped: [
    { what: 'module settings', remove: rowsNaming('module_setting', { COMMUNITY: 'scope_id', TEAM: 'scope_id' }) },
  ],
  seed: (runtime, _ports, open) => seedDemo(runtime, open),
});
