import { defineEntity, p } from '@mikro-orm/postgresql';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
  name: 'PersonBlock',
  tableName: 'person_block',
  properties: { ...tenantProperties, blockerId: p.uuid(), blockedId: p.uuid() },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'person_block_unique', properties: ['tenantId', 'blockerId', 'blockedId'] }],
  indexes: [{ properties: ['tenantId', 'blockedId'] }],
  checks: [{ name: 'person_block_two', expression: 'blocker_id <> blocked_id' }],
});

/** Two people who do not see each other, because one of them wanted that. */
export class PersonBlock extends schema.class {}
schema.setClass(PersonBlock);
