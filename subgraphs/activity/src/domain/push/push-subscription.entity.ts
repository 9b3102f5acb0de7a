import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'PushSubscription',
  tableName: 'push_subscription',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    /** SHA-256 of the endpoint, by which it is known again. */
    endpointHash: p.text(),
    /** Host of the push service. */
    host: p.text(),
    /** Endpoint and keys of the browser, encrypted. */
    sealed: p.text(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'push_subscription_unique', properties: ['tenantId', 'userId', 'endpointHash'] }],
});

/** A browser to which a person's notifications are pushed. */
export class PushSubscription extends schema.class {}
schema.setClass(PushSubscription);

export type PushSubscriptionRow = Row<PushSubscription>;
