import { DeferMode, defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'ChangedDate',
  tableName: 'changed_date',
  properties: {
    ...tenantProperties,
    eventId: p.uuid(),
    // The start that the rule gives it, by which everybody names it.
    recurrenceId: p.datetime(),
    startsAt: p.datetime(),
    endsAt: p.datetime(),
    title: p.string().nullable(),
    description: p.text().nullable(),
    descriptionHtml: p.text().nullable(),
    location: p.text().nullable(),
    onlineUrl: p.text().nullable(),
    cancelledAt: p.datetime().nullable(),
    cancelReason: p.text().nullable(),
    importedSequence: p.integer().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [
    {
      name: 'changed_date_unique',
      properties: ['tenantId', 'eventId', 'recurrenceId'],
      deferMode: DeferMode.INITIALLY_IMMEDIATE,
    },
  ],
});

/** One date of a series that differs from the others. */
export class ChangedDate extends schema.class {
  change(
    changes: Partial<
      Pick<ChangedDate, 'startsAt' | 'endsAt' | 'title' | 'description' | 'descriptionHtml' | 'location' | 'onlineUrl'>
    >,
  ): void {
    Object.assign(this, changes);
  }

  cancel(at: Date, reason: string | null): void {
    this.cancelledAt = at;
    this.cancelReason = reason;
  }
}
schema.setClass(ChangedDate);

export type ChangedDateRow = Row<ChangedDate>;
