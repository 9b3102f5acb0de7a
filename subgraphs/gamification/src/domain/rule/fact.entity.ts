import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
  name: 'Fact',
  tableName: 'fact',
  properties: {
    // `id` is that of the event, and `createdAt` when it came here.
    ...tenantProperties,
    /** Ascends in the order in which events were taken, as they are taken one after the other in each tenant. */
    seq: p.bigint('number').autoincrement(),
    type: p.string(),
    occurredAt: p.datetime(),
    actorId: p.uuid().nullable(),
    /** Whom the event is mostly about. */
    personId: p.uuid().nullable(),
    communityId: p.uuid().nullable(),
    teamId: p.uuid().nullable(),
    data: p.json<object>(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [
    { properties: ['tenantId', 'seq'] },
    { properties: ['tenantId', 'type', 'occurredAt'] },
    { properties: ['tenantId', 'actorId'] },
    { properties: ['tenantId', 'personId'] },
    { properties: ['tenantId', 'communityId'] },
    { properties: ['tenantId', 'teamId'] },
  ],
});

/** An event as criteria look at it, kept so that they can look at the past. */
export class Fact extends schema.class {}
schema.setClass(Fact);
