import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'Reminder',
  tableName: 'reminder',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    // Null for what holds for every event that has none of its own.
    eventId: p.uuid().nullable(),
    // Null for none.
    minutes: p.integer().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [{ properties: ['tenantId', 'eventId'] }],
});

/** How long before a date somebody wants to be reminded. */
export class Reminder extends schema.class {}
schema.setClass(Reminder);

export type ReminderRow = Row<Reminder>;
