import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'FeedMute',
  tableName: 'feed_mute',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    type: p.text().nullable(),
    scopeType: p.enum(['TENANT', 'COMMUNITY', 'TEAM'] as const).nullable(),
    scopeId: p.uuid().nullable(),
    mutedId: p.uuid().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [
    {
      name: 'feed_mute_unique',
      expression:
        'create unique index feed_mute_unique on feed_mute (tenant_id, user_id, type, scope_id, muted_id) nulls not distinct',
    },
  ],
});

/** What somebody does not want to read at home: a type, a place or a person. */
export class FeedMute extends schema.class {}
schema.setClass(FeedMute);

export type FeedMuteRow = Row<FeedMute>;
