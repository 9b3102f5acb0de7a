import type { PermissionResolvers } from '../generated/graphql.ts';

export const Permission: PermissionResolvers = {
  __resolveReference: ({ code }, ctx) => ctx.loaders.permissionByCode.load(code),
};
