import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'RoleBinding',
  tableName: 'role_binding',
  properties: {
    ...tenantProperties,
    subjectId: p.uuid(),
    roleId: p.uuid().index(),
    scopeId: p.uuid(),
    validFrom: p.datetime().nullable(),
    validUntil: p.datetime().nullable(),
    grantedBy: p.uuid().nullable(),
    reason: p.text().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ properties: ['tenantId', 'subjectId', 'roleId', 'scopeId'] }],
  indexes: [{ properties: ['tenantId', 'scopeId', 'subjectId'] }],
  checks: [{ name: 'role_binding_interval', expression: 'valid_from < valid_until' }],
});

/** A role given to one subject at one scope, for a time or for good. */
export class RoleBinding extends schema.class {}
schema.setClass(RoleBinding);

export type RoleBindingRow = Row<RoleBinding>;
