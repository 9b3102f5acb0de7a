import { rowsNaming } from '@polity/kernel/access/removed-scopes';
import { loadTypeDefs } from '@polity/kernel/graph/schema';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import { orm } from '../orm.config.ts';
import { access } from './access.ts';
import type { Context } from './context.ts';
import { makeLoaders } from './domain/loaders.ts';
import { concerns, content, people } from './duties.ts';
import { votingEvents } from './events.ts';
import { jobs } from './jobs.ts';
import { Ballot, BallotContent, PublishedBallot, ReceiptCheck } from './resolvers/ballots.ts';
import { Mutation } from './resolvers/Mutation.ts';
import { Poll } from './resolvers/Poll.ts';
import { PollResults } from './resolvers/PollResults.ts';
import { Query } from './resolvers/Query.ts';
import { Community, Delegation, Nomination, PollOption, Scope, Team, User } from './resolvers/types.ts';
import { seedDemo } from './seed.ts';

export const voting = defineSubgraph<Context, unknown>({
  name: 'voting',
  typeDefs: loadTypeDefs(import.meta.resolve('../schema.graphql')),
  resolvers: {
    ...{ Query, Mutation, Poll, PollOption, PollResults, Nomination, Delegation, Scope, User, Community, Team },
    ...{ Ballot, BallotContent, PublishedBallot, ReceiptCheck },
  },
  access,
  orm,
  events: votingEvents,
  people,
  content,
  keepsFiles: true,
  concerns,
  loaders: makeLoaders,
  jobs,
  seed: (runtime, _ports, open) => seedDemo(runtime, open),
  scoped: [
    { what: 'polls', remove: rowsNaming('poll', { COMMUNITY: 'community_id', TEAM: 'team_id' }) },
    { what: 'delegations', remove: rowsNaming('delegation', { COMMUNITY: 'scope_id', TEAM: 'scope_id' }) },
  ],
});
