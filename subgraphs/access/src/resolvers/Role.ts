import * as roles from '../domain/role/role.list.ts';
import type { RoleResolvers } from '../generated/graphql.ts';

export const Role: RoleResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.roleById.load(id),
  permissions: (role, _, ctx) => roles.permissionsOf(ctx, role),
};
