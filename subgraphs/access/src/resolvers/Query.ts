import * as bindings from '../domain/binding/binding.queries.ts';
import { lackedToGive } from '../domain/binding/delegation.ts';
import { membersOf } from '../domain/binding/members.ts';
import { sharedPlaces } from '../domain/binding/shared-places.ts';
import * as changes from '../domain/change/change.queries.ts';
import * as checks from '../domain/check/check.service.ts';
import * as decisions from '../domain/check/decision.queries.ts';
import * as effective from '../domain/check/effective.ts';
import * as rows from '../domain/check/rows.ts';
import { whoCan } from '../domain/check/who-can.ts';
import * as flags from '../domain/flag/flag.queries.ts';
import * as overrides from '../domain/override/override.queries.ts';
import * as permissions from '../domain/permission/permission.service.ts';
import * as policyTests from '../domain/role/policy-test.service.ts';
import { effectOf } from '../domain/role/role.effect.ts';
import * as roles from '../domain/role/role.queries.ts';
import type { QueryResolvers } from '../generated/graphql.ts';
import { tenantOf } from '../tenant.ts';

export const Query: QueryResolvers = {
  can: (_, { permission, scope, atLeast }, ctx) => checks.can(ctx, { permission, scope }, atLeast),
  canEach: (_, args, ctx) => checks.canEach(ctx, args.checks, args.atLeast),
  checkAccess: (_, args, ctx) => checks.checkEach(ctx, args),
  effectiveAccess: (_, args, ctx) => effective.list(ctx, args),
  whoCan: (_, { permission, scope, ...args }, ctx) => whoCan(ctx, { permission, scope }, args),
  permissions: (_, _args, ctx) => permissions.list(ctx),
  roles: (_, args, ctx) => roles.list(ctx, args),
  roleBindings: (_, args, ctx) => bindings.list(ctx, args),
  masterFlagGrants: (_, args, ctx) => flags.list(ctx, args),
  policyOverrides: (_, args, ctx) => overrides.list(ctx, args),
  roleEffect: (_, { id, permissions }, ctx) => effectOf(ctx, id, permissions ?? null),
  policyTest: (_, _args, ctx) => policyTests.find(ctx),
  accessChanges: (_, args, ctx) => changes.feed(ctx, args),
  loggedDecisions: (_, args, ctx) => decisions.list(ctx, args),
  _sharedPlaces: (_, { userId, others }, ctx) => sharedPlaces(ctx, userId, others),
  _accessRows: (_, { subjectId }, ctx) => rows.accessRows(ctx.em, tenantOf(ctx), subjectId),
  _lackedToGive: (_, args, ctx) => lackedToGive(ctx, args),
  _members: (_, args, ctx) => membersOf({ em: ctx.em, tenantId: tenantOf(ctx), now: ctx.clock.now() }, args),
  _scopeTree: (_, _args, ctx) => rows.scopeTree(ctx.em, tenantOf(ctx)),
  _catalogue: (_, _args, ctx) => rows.catalogue(ctx.em),
};
