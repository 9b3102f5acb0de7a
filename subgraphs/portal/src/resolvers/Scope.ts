import { scopeTypeOf } from '../domain/scope.ts';
import type { ScopeResolvers } from '../generated/graphql.ts';

export const Scope: ScopeResolvers = {
  __resolveType: (node) => scopeTypeOf(node),
};
