import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

export const sampleVisibilities = ['PUBLIC', 'COMMUNITY', 'PRIVATE'] as const;
export type SampleVisibility = (typeof sampleVisibilities)[number];

const schema = defineEntity({
  name: 'Sample',
  tableName: 'sample',
  properties: {
    ...tenantProperties,
    authorId: p.uuid(),
    title: p.string(),
    visibility: p.enum(sampleVisibilities),
    editedAt: p.datetime().nullable(),
    hiddenAt: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [{ properties: ['tenantId', 'id'] }],
});

/** What may be changed about a sample; absent is unchanged. */
export interface SampleChanges {
  title?: string;
  visibility?: SampleVisibility;
}

export class Sample extends schema.class {
  edit(changes: SampleChanges, at: Date): void {
    Object.assign(this, changes);
    this.editedAt = at;
  }
}
schema.setClass(Sample);

export type SampleRow = Row<Sample>;
