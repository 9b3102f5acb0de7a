import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';
import { audiences } from '../profile/profile.entity.ts';

export const fieldTypes = ['TEXT', 'CHOICE', 'DATE', 'LINK'] as const;

const schema = defineEntity({
  name: 'ProfileField',
  tableName: 'profile_field',
  properties: {
    ...tenantProperties,
    label: p.text(),
    type: p.enum(fieldTypes),
    choices: p.json().$type<string[]>(),
    audience: p.enum(audiences),
    position: p.integer(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [{ properties: ['tenantId', 'position', 'id'] }],
});

/** Something that a tenant asks its people beside what every profile has. */
export class ProfileField extends schema.class {
  edit(parts: Partial<Pick<ProfileField, 'label' | 'choices' | 'audience' | 'position'>>): void {
    Object.assign(this, parts);
  }
}
schema.setClass(ProfileField);

export type ProfileFieldRow = Row<ProfileField>;
