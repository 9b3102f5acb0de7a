import type { GuardTable } from '../shield/guards.ts';
import { freshSession, may, openTypes, reads, scopeIn, signedInFor } from './rules.ts';

const reader = signedInFor('access.binding.read');
const manager = signedInFor('access.role.manage');

const open = reads('access');

/** Who may knock on what access offers; access decides again, with the rows at hand. */
export const accessPermissions: GuardTable = {
  Query: {
    can: open,
    canEach: open,
    checkAccess: reader,
    effectiveAccess: reader,
    whoCan: reader,
    permissions: reader,
    roles: reader,
    roleBindings: reader,
    masterFlagGrants: reader,
    policyOverrides: reader,
    roleEffect: manager,
    policyTest: manager,
    accessChanges: signedInFor('access.change.read'),
    loggedDecisions: signedInFor('access.change.read'),
  },
  Mutation: {
    bindRole: may('access.binding.manage', 'input.scope', scopeIn()),
    unbindRole: signedInFor('access.binding.manage'),
    setMasterFlag: freshSession,
    setPolicyOverride: may('access.override.manage', 'input.scope', scopeIn()),
    removePolicyOverride: signedInFor('access.override.manage'),
    createRole: manager,
    updateRole: manager,
    deleteRole: manager,
    setPolicyTest: manager,
  },
  User: { accessVersion: open, masterFlags: open, masterFlagGrants: open, roleBindings: open },
  ...openTypes('Decision', 'Permission', 'Role', 'RoleConnection', 'RoleEdge', 'RoleEffect', 'PolicyTest'),
  ...openTypes('RoleBinding', 'RoleBindingConnection', 'RoleBindingEdge'),
  ...openTypes('PolicyOverride', 'PolicyOverrideConnection', 'PolicyOverrideEdge'),
  ...openTypes('MasterFlagGrant', 'MasterFlagGrantConnection', 'MasterFlagGrantEdge'),
  ...openTypes('EffectiveAccess', 'EffectiveAccessConnection', 'EffectiveAccessEdge'),
  ...openTypes('AccessChange', 'AccessChangeConnection', 'AccessChangeEdge'),
  ...openTypes('LoggedDecision', 'LoggedDecisionConnection', 'LoggedDecisionEdge'),
};
