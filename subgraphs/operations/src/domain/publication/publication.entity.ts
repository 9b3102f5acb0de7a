import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';
import type { Published } from '../operation/operation.entity.ts';
import type { Breach } from '../operation/operation.errors.ts';

const statuses = ['WAITING', 'RUNNING', 'DONE', 'FAILED'] as const;

const schema = defineEntity({
  name: 'Publication',
  tableName: 'publication',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    /** The application; the nil UUID for all clients of the tenant. */
    namespaceId: p.uuid(),
    dryRun: p.boolean(),
    // Gone once the file was read.
    manifestFile: p.text().nullable().index(),
    status: p.enum(statuses),
    done: p.integer(),
    total: p.integer().nullable(),
    result: p.json<Published>().nullable(),
    problem: p.text().nullable(),
    refused: p.json<Breach[]>().nullable(),
    finishedAt: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [{ properties: ['tenantId', 'userId', 'id'] }],
});

/** A manifest that was uploaded, which a job publishes. */
export class Publication extends schema.class {}
schema.setClass(Publication);

export type PublicationRow = Row<Publication>;
