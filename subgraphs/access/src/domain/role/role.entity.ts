import { defineEntity, type EntityManager, OptionalProps, p } from '@mikro-orm/postgresql';
import type { ScopeType } from '@polity/kernel/access/tree';
import { entityProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';
import { uuidv7 } from '@polity/kernel/ids';
import { scopeTypes } from '../scope/scope.entity.ts';
import { sharedFilter, sharedPolicies } from '../tenancy.ts';

const schema = defineEntity({
  name: 'Role',
  tableName: 'role',
  properties: {
    ...entityProperties,
    tenantId: p.uuid().nullable(),
    key: p.text(),
    scopeType: p.enum(scopeTypes),
    name: p.text(),
    description: p.text().nullable(),
    permissions: p.array(),
    version: p.integer().default(1),
    copiedFrom: p.uuid().nullable(),
    copiedVersion: p.integer().nullable(),
  },
  policies: sharedPolicies,
  filters: sharedFilter,
});

/** What a role is made of; a template has no tenant. */
export interface NewRole {
  tenantId: string | null;
  key: string;
  scopeType: ScopeType;
  name: string;
  description: string | null;
  permissions: string[];
  copiedFrom?: string | null;
  copiedVersion?: number | null;
}

/** A named bundle of permissions for one kind of scope: a template of all tenants, or one tenant's own. */
export class Role extends schema.class {
  declare [OptionalProps]?: 'template' | 'isOwner';

  get template(): boolean {
    return this.tenantId === null;
  }

  get isOwner(): boolean {
    return isOwnerKey(this.key);
  }
}
schema.setClass(Role);

export function newRole(tx: EntityManager, role: NewRole): Role {
  return tx.create(Role, { ...role, id: uuidv7(), version: 1 });
}

/** Roles whose key ends in `.owner` keep a scope governable: its last holder cannot be removed. */
export function isOwnerKey(key: string): boolean {
  return key.endsWith('.owner');
}

export type RoleRow = Row<Role>;
