import * as communities from '../domain/community/community.lists.ts';
import { scopeTypeOf } from '../domain/scope.ts';
import * as teams from '../domain/team/team.service.ts';
import type {
  CommunityMembershipResolvers,
  ScopeResolvers,
  TeamMembershipResolvers,
  TenantResolvers,
  UserResolvers,
} from '../generated/graphql.ts';

export const CommunityMembership: CommunityMembershipResolvers = {
  community: ({ community }, _, ctx) => ctx.loaders.communityById.load(community.id),
  user: ({ userId }) => ({ id: userId }),
  invitedBy: ({ invitedBy }) => (invitedBy ? { id: invitedBy } : null),
};

export const Scope: ScopeResolvers = {
  __resolveType: (node) => scopeTypeOf(node),
};

export const TeamMembership: TeamMembershipResolvers = {
  team: ({ team }, _, ctx) => teams.of(ctx, team),
  user: ({ userId }) => ({ id: userId }),
};

export const Tenant: TenantResolvers = {
  communities: ({ id }, args, ctx) => communities.ofTenant(ctx, id, args),
};

export const User: UserResolvers = {
  communities: ({ id }, args, ctx) => communities.ofUser(ctx, id, args),
};
