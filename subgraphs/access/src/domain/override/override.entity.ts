import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'PolicyOverride',
  tableName: 'policy_override',
  properties: {
    ...tenantProperties,
    subjectId: p.uuid(),
    permission: p.text(),
    scopeId: p.uuid(),
    effect: p.enum(['ALLOW', 'DENY'] as const),
    validFrom: p.datetime().nullable(),
    validUntil: p.datetime().nullable(),
    grantedBy: p.uuid().nullable(),
    reason: p.text(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ properties: ['tenantId', 'subjectId', 'permission', 'scopeId'] }],
  indexes: [{ properties: ['tenantId', 'scopeId'] }],
  checks: [{ name: 'policy_override_interval', expression: 'valid_from < valid_until' }],
});

/** One permission allowed to or denied one subject at one scope and all below, whatever their roles say. */
export class PolicyOverride extends schema.class {}
schema.setClass(PolicyOverride);

export type PolicyOverrideRow = Row<PolicyOverride>;
