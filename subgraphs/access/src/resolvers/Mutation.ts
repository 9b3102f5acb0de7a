import * as bindings from '../domain/binding/binding.service.ts';
import * as memberships from '../domain/binding/membership.service.ts';
import * as blocks from '../domain/block/block.service.ts';
import { noteSent } from '../domain/check/check.service.ts';
import * as flags from '../domain/flag/flag.service.ts';
import * as overrides from '../domain/override/override.service.ts';
import * as permissions from '../domain/permission/permission.service.ts';
import * as policyTests from '../domain/role/policy-test.service.ts';
import * as roles from '../domain/role/role.service.ts';
import * as scopes from '../domain/scope/scope.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  bindRole: (_, { input }, ctx) => bindings.bind(ctx, input),
  unbindRole: (_, { id }, ctx) => bindings.unbind(ctx, id),
  setMasterFlag: (_, input, ctx) => flags.set(ctx, input),
  setPolicyOverride: (_, { input }, ctx) => overrides.set(ctx, input),
  removePolicyOverride: (_, { id }, ctx) => overrides.remove(ctx, id),
  createRole: (_, { input }, ctx) => roles.create(ctx, input),
  updateRole: (_, { id, input }, ctx) => roles.update(ctx, id, input),
  deleteRole: (_, args, ctx) => roles.remove(ctx, args.id, args.bindings),
  setPolicyTest: (_, { source }, ctx) => policyTests.replace(ctx, source),
  _logDecisions: (_, { entries }, ctx) => noteSent(ctx, entries),
  _registerAccess: (_, { subgraph, declaration }, ctx) => permissions.register(ctx, subgraph, declaration),
  _registerScope: (_, { input }, ctx) => scopes.registerScope(ctx, input),
  _removeScope: (_, { scope }, ctx) => scopes.removeScope(ctx, scope),
  _bindRole: (_, { input }, ctx) => memberships.join(ctx, input),
  _unbindRoles: (_, input, ctx) => memberships.leave(ctx, input),
  _setBlock: (_, input, ctx) => blocks.set(ctx, input),
  _setMasterFlag: (_, input, ctx) => flags.setForService(ctx, input),
};
