import * as roles from '../domain/role/role.queries.ts';
import type { RoleResolvers } from '../generated/graphql.ts';

export const Role: RoleResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.roleById.load(id),
  copiedFrom: ({ copiedFrom }, _, ctx) => (copiedFrom ? ctx.loaders.roleById.load(copiedFrom) : null),
  outdated: (role, _, ctx) => roles.isOutdated(ctx, role),
  permissions: (role, _, ctx) => roles.permissionsOf(ctx, role),
};
