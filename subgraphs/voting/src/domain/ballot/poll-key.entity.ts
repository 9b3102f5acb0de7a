import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

// The id is that of the poll. It is destroyed when the poll closes: then nobody can work out again which secret somebody was given.
const schema = defineEntity({
  name: 'PollKey',
  tableName: 'poll_key',
  properties: { ...tenantProperties, key: p.string() },
  policies: tenantPolicies,
  filters: tenantFilter,
});

/** The key from which the secrets of receipts are made while a poll is open. */
export class PollKey extends schema.class {}
schema.setClass(PollKey);
