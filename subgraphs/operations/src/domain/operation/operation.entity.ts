import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'PersistedOperation',
  tableName: 'persisted_operation',
  properties: {
    ...tenantProperties,
    /** The application that it belongs to; the nil UUID for all clients of the tenant. */
    namespaceId: p.uuid(),
    documentId: p.string().length(256),
    name: p.string().length(200).nullable(),
    type: p.enum(['query', 'mutation'] as const),
    body: p.text(),
    sha256: p.string().length(64),
    /** Hash of the document in normal form, by which a text is found that is laid out in another way. */
    normalHash: p.string().length(64),
    publishedAt: p.datetime(),
    publishedBy: p.uuid().nullable(),
    lastUsedAt: p.datetime().nullable(),
    uses: p.integer(),
    retiredAt: p.datetime().nullable(),
    usesPerMinute: p.integer().nullable(),
    maxCost: p.integer().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ properties: ['tenantId', 'namespaceId', 'documentId'] }],
  indexes: [
    { properties: ['tenantId', 'namespaceId', 'normalHash'] },
    { properties: ['tenantId', 'namespaceId', 'id'] },
    {
      name: 'persisted_operation_limited',
      expression:
        'create index persisted_operation_limited on persisted_operation (tenant_id, namespace_id) where retired_at is null and (uses_per_minute is not null or max_cost is not null)',
    },
  ],
});

/** An operation that clients may name by its id. It is written in bulk, by SQL alone. */
export class PersistedOperation extends schema.class {}
schema.setClass(PersistedOperation);

export type PersistedOperationRow = Row<PersistedOperation>;

/** What came of publishing. */
export interface Published {
  applicationId: string | null;
  operations: number;
  added: number;
  restored: number;
  unchanged: number;
  dryRun: boolean;
}
