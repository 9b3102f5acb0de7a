import { Community } from './Community.ts';
import { CommunityMembership } from './CommunityMembership.ts';
import { Mutation } from './Mutation.ts';
import { Post } from './Post.ts';
import { Query } from './Query.ts';
import { Scope } from './Scope.ts';
import { Team } from './Team.ts';
import { TeamMembership } from './TeamMembership.ts';
import { Tenant } from './Tenant.ts';
import { User } from './User.ts';

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
