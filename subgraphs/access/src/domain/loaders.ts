import type { EntityManager } from '@mikro-orm/postgresql';
import { groupLoaderBy, type Loader, loaderBy } from '@polity/kernel/graph/loader';
import { isUuid } from '@polity/kernel/ids';
import { RoleBinding } from './binding/binding.entity.ts';
import { SubjectFlag } from './flag/flag.entity.ts';
import { PolicyOverride } from './override/override.entity.ts';
import { Permission } from './permission/permission.entity.ts';
import { Role } from './role/role.entity.ts';
import { Scope } from './scope/scope.entity.ts';

export interface RowLoaders {
  roleById: Loader<string, Role | null>;
  bindingById: Loader<string, RoleBinding | null>;
  overrideById: Loader<string, PolicyOverride | null>;
  permissionByCode: Loader<string, Permission | null>;
  scopeById: Loader<string, Scope | null>;
  flagsOfUser: Loader<string, SubjectFlag[]>;
}

const uuids = (ids: readonly string[]) => ids.filter(isUuid);

export function rowLoaders(em: EntityManager): RowLoaders {
  return {
    roleById: loaderBy(
      (ids) => em.find(Role, { id: { $in: uuids(ids) } }),
      (role) => role.id,
    ),
    bindingById: loaderBy(
      (ids) => em.find(RoleBinding, { id: { $in: uuids(ids) } }),
      (binding) => binding.id,
    ),
    overrideById: loaderBy(
      (ids) => em.find(PolicyOverride, { id: { $in: uuids(ids) } }),
      (override) => override.id,
    ),
    permissionByCode: loaderBy(
      (codes) => em.find(Permission, { code: { $in: [...codes] } }),
      (permission) => permission.code,
    ),
    scopeById: loaderBy(
      (ids) => em.find(Scope, { id: { $in: uuids(ids) } }),
      (scope) => scope.id,
    ),
    flagsOfUser: groupLoaderBy(
      (ids) => em.find(SubjectFlag, { subjectId: { $in: uuids(ids) } }),
      (flag) => flag.subjectId,
    ),
  };
}
