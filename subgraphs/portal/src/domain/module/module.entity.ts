import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
  name: 'ModuleSetting',
  tableName: 'module_setting',
  properties: {
    ...tenantProperties,
    scopeType: p.enum(['TENANT', 'COMMUNITY', 'TEAM'] as const),
    scopeId: p.uuid(),
    key: p.string(),
    enabled: p.boolean(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'module_setting_unique', properties: ['tenantId', 'scopeId', 'key'] }],
});

export class ModuleSetting extends schema.class {}
schema.setClass(ModuleSetting);
