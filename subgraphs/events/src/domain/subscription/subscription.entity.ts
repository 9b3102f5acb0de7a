import { defineEntity, p } from '@mikro-orm/core';
import { placeOfRow, scopeOfRow } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const subscriptionStatuses = ['ACTIVE', 'STOPPED'] as const;

const schema = defineEntity({
  name: 'CalendarSubscription',
  tableName: 'calendar_subscription',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    communityId: p.uuid().nullable(),
    teamId: p.uuid().nullable(),
    url: p.text(),
    status: p.enum(subscriptionStatuses),
    // What the server said of its last answer, so that an unchanged one is not sent again.
    etag: p.text().nullable(),
    lastModified: p.text().nullable(),
    failures: p.integer(),
    problem: p.text().nullable(),
    refreshedAt: p.datetime().nullable(),
    nextRefreshAt: p.datetime().nullable(),
    created: p.integer(),
    updated: p.integer(),
    unchanged: p.integer(),
    refused: p.integer(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [
    { properties: ['tenantId', 'userId', 'id'] },
    {
      name: 'calendar_subscription_unique',
      expression:
        'create unique index calendar_subscription_unique on calendar_subscription (tenant_id, community_id, team_id, url) nulls not distinct',
    },
  ],
});

/** A calendar elsewhere whose events are taken into a scope again and again. */
export class CalendarSubscription extends schema.class {
  scopeRef(): ScopeRef {
    return scopeOfRow(this);
  }

  place() {
    return placeOfRow(this);
  }
}
schema.setClass(CalendarSubscription);

export type SubscriptionRow = Row<CalendarSubscription>;
