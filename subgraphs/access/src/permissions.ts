import { anyone, freshPerson, person, service, signedIn } from '@polity/kernel/graph/rules';
import { allow, type PermissionTable } from '@polity/kernel/graph/shield';

// Stubs carry ids only, and rows of these types are checked by the verbs that hand them out.
const checkedByVerb = { '*': allow };

export const permissions: PermissionTable = {
  Query: {
    can: anyone,
    canEach: anyone,
    permissions: signedIn,
    roles: signedIn,
    roleBindings: signedIn,
    _accessRows: service,
    _scopeTree: service,
    _catalogue: service,
  },
  Mutation: {
    bindRole: person,
    unbindRole: person,
    setMasterFlag: freshPerson,
    _registerAccess: service,
    _registerScope: service,
    _removeScope: service,
    _bindRole: service,
    _unbindRoles: service,
    _setMasterFlag: service,
  },
  Decision: checkedByVerb,
  Permission: checkedByVerb,
  Role: { '*': signedIn },
  RoleConnection: checkedByVerb,
  RoleEdge: checkedByVerb,
  RoleBinding: { '*': signedIn },
  RoleBindingConnection: checkedByVerb,
  RoleBindingEdge: checkedByVerb,
  PolicyOverride: { '*': signedIn },
  User: checkedByVerb,
  Tenant: checkedByVerb,
  Community: checkedByVerb,
  Team: checkedByVerb,
};
