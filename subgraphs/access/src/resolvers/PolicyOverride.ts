import * as overrides from '../domain/override/override.queries.ts';
import type { PolicyOverrideResolvers } from '../generated/graphql.ts';
import { mustLoad } from './must-load.ts';
import { scopeStub } from './scope-stub.ts';

export const PolicyOverride: PolicyOverrideResolvers = {
  __resolveReference: ({ id }, ctx) => overrides.find(ctx, id),
  user: ({ subjectId }) => ({ id: subjectId }),
  permission: ({ permission }, _, ctx) => mustLoad(ctx.loaders.permissionByCode, permission),
  scope: async ({ scopeId }, _, ctx) => {
    const scope = await ctx.loaders.scopeById.load(scopeId);
    return scope && scopeStub(scope.ref);
  },
  grantedBy: ({ grantedBy }) => (grantedBy ? { id: grantedBy } : null),
};
