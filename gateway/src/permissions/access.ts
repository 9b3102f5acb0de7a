import { anyone, freshPerson, signedIn } from '@polity/kernel/graph/rules';
import type { GuardTable } from '../shield/guards.ts';
import { may, scopeIn } from './rules.ts';

/** Who may knock on what access offers; access decides again, with the rows at hand. */
export const accessPermissions: GuardTable = {
  Query: {
    can: anyone,
    canEach: anyone,
    permissions: signedIn,
    roles: signedIn,
    roleBindings: signedIn,
  },
  Mutation: {
    bindRole: may('access.binding.manage', 'input.scope', scopeIn()),
    unbindRole: signedIn,
    setMasterFlag: freshPerson,
  },
  Decision: { '*': anyone },
  Permission: { '*': anyone },
  PolicyOverride: { '*': anyone },
  Role: { '*': anyone },
  RoleConnection: { '*': anyone },
  RoleEdge: { '*': anyone },
  RoleBinding: { '*': anyone },
  RoleBindingConnection: { '*': anyone },
  RoleBindingEdge: { '*': anyone },
};
