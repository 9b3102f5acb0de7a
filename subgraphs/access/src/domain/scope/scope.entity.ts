import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

export const scopeTypes = ['TENANT', 'COMMUNITY', 'TEAM'] as const;

const schema = defineEntity({
  name: 'Scope',
  tableName: 'scope',
  properties: {
    ...tenantProperties,
    type: p.enum(scopeTypes),
    parentId: p.uuid().nullable(),
    isOpen: p.boolean().default(false),
    isArchived: p.boolean().default(false),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ properties: ['tenantId', 'id'] }],
  indexes: [{ properties: ['tenantId', 'parentId'] }],
});

/** A tenant, community or team as access knows it: where it lies, whether everybody may know of it, and whether it takes anything new. */
export class Scope extends schema.class {
  get ref(): ScopeRef {
    return { type: this.type, id: this.id };
  }
}
schema.setClass(Scope);
