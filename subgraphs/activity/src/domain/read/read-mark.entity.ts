import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
  name: 'ReadMark',
  tableName: 'read_mark',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    upTo: p.datetime(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'read_mark_unique', properties: ['tenantId', 'userId'] }],
});

/** Up to when somebody read their home feed. */
export class ReadMark extends schema.class {}
schema.setClass(ReadMark);
