import * as bindings from '../domain/binding/binding.queries.ts';
import type { RoleBindingResolvers } from '../generated/graphql.ts';
import { grantFields, mustLoad } from './references.ts';

export const RoleBinding: RoleBindingResolvers = {
  __resolveReference: ({ id }, ctx) => bindings.find(ctx, id),
  ...grantFields,
  role: ({ roleId }, _, ctx) => mustLoad(ctx.loaders.roleById, roleId),
};
