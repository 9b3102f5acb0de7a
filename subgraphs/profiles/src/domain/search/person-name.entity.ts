import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'PersonName',
  tableName: 'person_name',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    username: p.text(),
    displayName: p.text(),
    /** All words of both in their normal form, each behind a space. Its index stands in the migration, since it needs an extension. */
    words: p.text(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'person_name_unique', properties: ['tenantId', 'userId'] }],
});

/** What a member of the tenant is called, as identity has it: for finding them. */
export class PersonName extends schema.class {}
schema.setClass(PersonName);

export type PersonNameRow = Row<PersonName>;
