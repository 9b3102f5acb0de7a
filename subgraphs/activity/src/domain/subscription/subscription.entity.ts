import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'FeedSubscription',
  tableName: 'feed_subscription',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    scopeType: p.enum(['TENANT', 'COMMUNITY', 'TEAM'] as const),
    scopeId: p.uuid(),
    types: p.array().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'feed_subscription_unique', properties: ['tenantId', 'userId', 'scopeId'] }],
});

/** A place of which somebody wants to read at home. */
export class FeedSubscription extends schema.class {}
schema.setClass(FeedSubscription);

export type FeedSubscriptionRow = Row<FeedSubscription>;
