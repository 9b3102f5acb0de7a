import { defineEntity, p } from '@mikro-orm/core';
import { placeOfRow, type RowPlace } from '@polity/kernel/access/placed';
import type { Visibility } from '@polity/kernel/access/visibility';
import { tenantFilter, tenantPolicies } from '@polity/kernel/db/orm';
import { placedProperties, visibilityIndexes } from '@polity/kernel/db/placed';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'Sample',
  tableName: 'sample',
  properties: { ...placedProperties, title: p.string() },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [
    { properties: ['tenantId', 'id'] },
    { properties: ['tenantId', 'communityId', 'id'] },
    { properties: ['tenantId', 'teamId', 'id'] },
    ...visibilityIndexes('sample'),
  ],
});

/** What may be changed about a sample; absent is unchanged. */
export interface SampleChanges {
  title?: string;
  visibility?: Visibility;
}

export class Sample extends schema.class {
  place(): RowPlace {
    return placeOfRow(this);
  }

  edit(changes: SampleChanges, at: Date): void {
    Object.assign(this, changes);
    this.editedAt = at;
  }
}
schema.setClass(Sample);

export type SampleRow = Row<Sample>;
