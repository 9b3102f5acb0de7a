import { scopeStub } from '@polity/kernel/access/placed';
import { isUuid, namedId, numberedId } from '@polity/kernel/ids';
import * as bindings from '../domain/binding/binding.queries.ts';
import type { ChangeKind } from '../domain/change/change.entity.ts';
import * as checks from '../domain/check/check.service.ts';
import { shownVersion } from '../domain/check/shown-version.ts';
import * as flags from '../domain/flag/flag.queries.ts';
import * as overrides from '../domain/override/override.queries.ts';
import * as permissions from '../domain/permission/permission.service.ts';
import * as roles from '../domain/role/role.queries.ts';
import type {
  AccessChangeResolvers,
  DecisionResolvers,
  EffectiveAccessResolvers,
  LoggedDecisionResolvers,
  MasterFlagGrantResolvers,
  PermissionResolvers,
  PolicyOverrideResolvers,
  RoleBindingResolvers,
  RoleResolvers,
  UserResolvers,
} from '../generated/graphql.ts';
import { grantFields, mustLoad } from './references.ts';

// The feed leaves out what is there for stamps alone.
type ToldKind = Exclude<ChangeKind, 'BLOCK_CHANGED'>;

export const AccessChange: AccessChangeResolvers = {
  kind: ({ kind }) => kind as ToldKind,
  id: ({ seq }) => numberedId('AccessChange', seq),
  occurredAt: ({ at }) => at,
  user: ({ subjectId }) => (subjectId ? { id: subjectId } : null),
  actor: ({ actorId }) => (actorId ? { id: actorId } : null),
};

export const Decision: DecisionResolvers = {
  version: ({ shownVersion }) => shownVersion,
  permission: ({ permission, description }) => ({ code: permission, description }),
  scope: ({ reason, scope }) => (reason === 'UNKNOWN' ? null : scopeStub(scope)),
  role: ({ roleId }, _, ctx) => (roleId ? ctx.loaders.roleById.load(roleId) : null),
  override: ({ overrideId }, _, ctx) => (overrideId ? overrides.find(ctx, overrideId) : null),
};

export const EffectiveAccess: EffectiveAccessResolvers = {
  scope: ({ scope }) => scopeStub(scope),
};

export const LoggedDecision: LoggedDecisionResolvers = {
  id: ({ seq }) => numberedId('LoggedDecision', seq),
  occurredAt: ({ at }) => at,
  version: ({ tenantId, subjectId, version }) => shownVersion({ tenantId, subjectId: subjectId ?? null }, version),
  user: ({ subjectId }) => (isUuid(subjectId) ? { id: subjectId } : null),
};

export const MasterFlagGrant: MasterFlagGrantResolvers = {
  user: ({ subjectId }) => ({ id: subjectId }),
  grantedBy: ({ grantedBy }) => (grantedBy ? { id: grantedBy } : null),
};

export const Permission: PermissionResolvers = {
  __resolveReference: ({ code }, ctx) => ctx.loaders.permissionByCode.load(code),
  id: ({ code }) => namedId('Permission', code),
  scopeTypes: (permission, _, ctx) => permissions.scopeTypesOf(ctx, permission),
};

export const PolicyOverride: PolicyOverrideResolvers = {
  __resolveReference: ({ id }, ctx) => overrides.find(ctx, id),
  ...grantFields,
  permission: ({ permission }, _, ctx) => mustLoad(ctx.loaders.permissionByCode, permission),
};

export const Role: RoleResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.roleById.load(id),
  copiedFrom: ({ copiedFrom }, _, ctx) => (copiedFrom ? ctx.loaders.roleById.load(copiedFrom) : null),
  outdated: (role, _, ctx) => roles.isOutdated(ctx, role),
  permissions: (role, _, ctx) => roles.permissionsOf(ctx, role),
};

export const RoleBinding: RoleBindingResolvers = {
  __resolveReference: ({ id }, ctx) => bindings.find(ctx, id),
  ...grantFields,
  role: ({ roleId }, _, ctx) => mustLoad(ctx.loaders.roleById, roleId),
};

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  masterFlags: ({ id }, _, ctx) => flags.flagsOf(ctx, id),
  accessVersion: ({ id }, _, ctx) => checks.versionOf(ctx, id),
  masterFlagGrants: ({ id }, _, ctx) => flags.grantsOf(ctx, id),
  roleBindings: ({ id }, args, ctx) => bindings.listOfUser(ctx, id, args),
};
