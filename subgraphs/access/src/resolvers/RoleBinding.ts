import * as bindings from '../domain/binding/binding.queries.ts';
import type { RoleBindingResolvers } from '../generated/graphql.ts';
import { mustLoad } from './must-load.ts';
import { scopeStub } from './scope-stub.ts';

export const RoleBinding: RoleBindingResolvers = {
  __resolveReference: ({ id }, ctx) => bindings.find(ctx, id),
  user: ({ subjectId }) => ({ id: subjectId }),
  role: ({ roleId }, _, ctx) => mustLoad(ctx.loaders.roleById, roleId),
  scope: async ({ scopeId }, _, ctx) => {
    const scope = await ctx.loaders.scopeById.load(scopeId);
    return scope && scopeStub(scope.ref);
  },
  grantedBy: ({ grantedBy }) => (grantedBy ? { id: grantedBy } : null),
};
