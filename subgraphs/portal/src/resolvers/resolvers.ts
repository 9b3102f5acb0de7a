import { Community } from './Community.ts';
import { Mutation } from './Mutation.ts';
import { Post } from './Post.ts';
import { Query } from './Query.ts';
import { Team } from './Team.ts';
import { CommunityMembership, Scope, TeamMembership, Tenant, User } from './types.ts';

export const resolvers = {
  Query,
  Mutation,
  Community,
  CommunityMembership,
  Team,
  TeamMembership,
  Post,
  Scope,
  User,
  Tenant,
};
