import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'Delegation',
  tableName: 'delegation',
  properties: {
    ...tenantProperties,
    communityId: p.uuid().nullable(),
    teamId: p.uuid().nullable(),
    scopeId: p.uuid(),
    // Empty for every topic, so that the unique key counts it.
    topic: p.string(),
    delegatorId: p.uuid(),
    delegateId: p.uuid(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'delegation_unique', properties: ['tenantId', 'scopeId', 'topic', 'delegatorId'] }],
  indexes: [{ properties: ['tenantId', 'delegatorId', 'id'] }, { properties: ['tenantId', 'delegateId', 'scopeId'] }],
});

/** Whom somebody lets vote for them at a scope. */
export class Delegation extends schema.class {}
schema.setClass(Delegation);

export type DelegationRow = Row<Delegation>;
