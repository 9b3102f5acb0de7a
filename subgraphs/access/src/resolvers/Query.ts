import * as bindings from '../domain/binding/binding.queries.ts';
import * as checks from '../domain/check/check.service.ts';
import * as rows from '../domain/check/rows.ts';
import * as permissions from '../domain/permission/permission.service.ts';
import * as roles from '../domain/role/role.list.ts';
import type { QueryResolvers } from '../generated/graphql.ts';
import { tenantOf } from '../tenant.ts';

export const Query: QueryResolvers = {
  can: (_, { permission, scope, atLeast }, ctx) => checks.can(ctx, { permission, scope }, atLeast),
  canEach: (_, args, ctx) => checks.canEach(ctx, args.checks, args.atLeast),
  permissions: (_, _args, ctx) => permissions.list(ctx),
  roles: (_, args, ctx) => roles.list(ctx, args),
  roleBindings: (_, args, ctx) => bindings.list(ctx, args),
  _accessRows: (_, { subjectId }, ctx) => rows.accessRows(ctx.em, tenantOf(ctx), subjectId),
  _scopeTree: (_, _args, ctx) => rows.scopeTree(ctx.em, tenantOf(ctx)),
  _catalogue: (_, _args, ctx) => rows.catalogue(ctx.em),
};
