import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
  name: 'EventOrganizer',
  tableName: 'event_organizer',
  properties: { ...tenantProperties, eventId: p.uuid(), userId: p.uuid() },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'event_organizer_unique', properties: ['tenantId', 'eventId', 'userId'] }],
  indexes: [{ properties: ['tenantId', 'userId'] }],
});

/** Somebody who organizes an event beside the one who is named first. */
export class EventOrganizer extends schema.class {}
schema.setClass(EventOrganizer);
