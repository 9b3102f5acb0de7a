import type { ScopeResolvers } from '../generated/graphql.ts';

export const Scope: ScopeResolvers = {
  __resolveType: ({ __typename }) => __typename as 'Tenant' | 'Community' | 'Team',
};
