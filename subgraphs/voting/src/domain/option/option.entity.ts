import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'PollOption',
  tableName: 'poll_option',
  properties: {
    ...tenantProperties,
    pollId: p.uuid(),
    title: p.string(),
    description: p.text().nullable(),
    descriptionHtml: p.text().nullable(),
    imageFile: p.text().nullable().index(),
    // Order in which they were published, which a seed draws lots by.
    position: p.integer(),
    nomineeId: p.uuid().nullable(),
    noneOfTheAbove: p.boolean(),
    externalKey: p.string().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [
    { properties: ['tenantId', 'id'] },
    { name: 'poll_option_position_unique', properties: ['tenantId', 'pollId', 'position'] },
  ],
});

/** Something to vote for. */
export class PollOption extends schema.class {}
schema.setClass(PollOption);

export type PollOptionRow = Row<PollOption>;
