import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { orm } from '../orm.config.ts';
import { access } from './access.ts';
import { consumers } from './consumers.ts';
import type { Context } from './context.ts';
import { makeLoaders } from './domain/loaders.ts';
import { concerns, people } from './duties.ts';
import { profilesEvents } from './events.ts';
import { mirrorNames } from './jobs.ts';
import { Mutation } from './resolvers/Mutation.ts';
import { Profile } from './resolvers/Profile.ts';
import { Query } from './resolvers/Query.ts';
import { ProfileField, User } from './resolvers/types.ts';
import { seedDemo } from './seed.ts';

export const profiles = defineSubgraph<Context, unknown>({
  name: 'profiles',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers: { Query, Mutation, User, Profile, ProfileField },
  access,
  orm,
  events: profilesEvents,
  people,
  concerns,
  consumers,
  jobs: [mirrorNames],
  keepsFiles: true,
  loaders: makeLoaders,
  seed: (runtime, _ports, open) => seedDemo(runtime, open),
});
