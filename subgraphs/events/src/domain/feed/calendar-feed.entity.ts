import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
  name: 'CalendarFeed',
  tableName: 'calendar_feed',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    generation: p.integer(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'calendar_feed_unique', properties: ['tenantId', 'userId'] }],
});

/** How often somebody had the address of their calendar changed; without a row never. The address itself is stored nowhere. */
export class CalendarFeed extends schema.class {}
schema.setClass(CalendarFeed);
