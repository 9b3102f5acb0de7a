import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

export const eventVisibilities = ['PUBLIC', 'COMMUNITY', 'PRIVATE'] as const;
export type EventVisibility = (typeof eventVisibilities)[number];

const schema = defineEntity({
  name: 'Event',
  tableName: 'event',
  properties: {
    ...tenantProperties,
    authorId: p.uuid(),
    title: p.string(),
    visibility: p.enum(eventVisibilities),
    editedAt: p.datetime().nullable(),
    hiddenAt: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [{ properties: ['tenantId', 'id'] }],
});

/** What may be changed about a event; absent is unchanged. */
export interface EventChanges {
  title?: string;
  visibility?: EventVisibility;
}

export class Event extends schema.class {
  edit(changes: EventChanges, at: Date): void {
    Object.assign(this, changes);
    this.editedAt = at;
  }
}
schema.setClass(Event);

export type EventRow = Row<Event>;
