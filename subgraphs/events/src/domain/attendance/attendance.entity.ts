import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'Attendance',
  tableName: 'attendance',
  properties: {
    ...tenantProperties,
    eventId: p.uuid(),
    userId: p.uuid(),
    // Null for an event of one date.
    occurrence: p.datetime().nullable(),
    present: p.boolean(),
    method: p.enum(['ORGANIZER', 'CODE', 'SELF'] as const),
    markedBy: p.uuid(),
    markedAt: p.datetime(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [{ properties: ['tenantId', 'eventId', 'id'] }, { properties: ['tenantId', 'userId', 'id'] }],
});

/** Whether somebody was there. */
export class Attendance extends schema.class {
  mark(given: Pick<Attendance, 'present' | 'method' | 'markedBy'>, at: Date): void {
    Object.assign(this, given);
    this.markedAt = at;
  }
}
schema.setClass(Attendance);

export type AttendanceRow = Row<Attendance>;
