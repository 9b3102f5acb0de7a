import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
  name: 'PolicyTest',
  tableName: 'policy_test',
  properties: {
    ...tenantProperties,
    source: p.text(),
    updatedBy: p.uuid().nullable(),
    updatedAt: p.datetime(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ properties: ['tenantId'] }],
});

/** What a tenant expects of its roles, as YAML; run before a role edit is accepted. */
export class PolicyTest extends schema.class {}
schema.setClass(PolicyTest);
