import { namedId } from '@polity/kernel/ids';
import * as permissions from '../domain/permission/permission.service.ts';
import type { PermissionResolvers } from '../generated/graphql.ts';

export const Permission: PermissionResolvers = {
  __resolveReference: ({ code }, ctx) => ctx.loaders.permissionByCode.load(code),
  id: ({ code }) => namedId('Permission', code),
  scopeTypes: (permission, _, ctx) => permissions.scopeTypesOf(ctx, permission),
};
