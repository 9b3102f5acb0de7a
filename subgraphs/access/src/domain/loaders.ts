import { pagesBelow } from '@polity/kernel/graph/pages';
import { rowBy, rowsBy } from '@polity/kernel/graph/row-loaders';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { RoleBinding } from './binding/binding.entity.ts';
import { SubjectFlag } from './flag/flag.entity.ts';
import { PolicyOverride } from './override/override.entity.ts';
import { Permission } from './permission/permission.entity.ts';
import { Role } from './role/role.entity.ts';
import { Scope } from './scope/scope.entity.ts';

export function makeLoaders({ em }: BaseContext) {
  return {
    roleById: rowBy(em, Role, 'id'),
    bindingById: rowBy(em, RoleBinding, 'id'),
    overrideById: rowBy(em, PolicyOverride, 'id'),
    permissionByCode: rowBy(em, Permission, 'code'),
    scopeById: rowBy(em, Scope, 'id'),
    flagsOfUser: rowsBy(em, SubjectFlag, 'subjectId'),
    pages: pagesBelow(em),
  };
}

export type Loaders = ReturnType<typeof makeLoaders>;
