import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

const levels = ['OPEN', 'LOG', 'SAFELIST', 'IDS_ONLY'] as const;
export type OperationLevel = (typeof levels)[number];

const schema = defineEntity({
  name: 'OperationNamespace',
  tableName: 'operation_namespace',
  properties: {
    ...tenantProperties,
    /** The application; the nil UUID for all clients of the tenant that are none. */
    namespaceId: p.uuid(),
    level: p.enum(levels),
    pointsPerMinute: p.integer().nullable(),
    maxCost: p.integer().nullable(),
    /** Moves on with each change of its operations, so that a gateway knows whether what it remembers of them still holds. */
    revision: p.integer(),
    /** When the limits were set last. */
    updatedAt: p.datetime().nullable(),
    updatedBy: p.uuid().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ properties: ['tenantId', 'namespaceId'] }],
});

/** The operations of one application, or of all other clients of a tenant, taken together: what those clients may send. */
export class OperationNamespace extends schema.class {}
schema.setClass(OperationNamespace);

const publishing = defineEntity({
  name: 'PublishingTenant',
  tableName: 'publishing_tenant',
  // Ids only, and a graph that is loaded is held to what all of them published: no row level security.
  properties: { tenantId: p.uuid().primary() },
});

/** A tenant in which operations were published, retired ones included. */
export class PublishingTenant extends publishing.class {}
publishing.setClass(PublishingTenant);

/** Limits as they are answered. */
export interface Limits {
  applicationId: string | null;
  level: OperationLevel;
  pointsPerMinute: number | null;
  maxCost: number | null;
  updatedAt: Date | null;
}
