import { defineEntity, p } from '@mikro-orm/core';
import { scopeOfRow } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const runStatuses = ['WAITING', 'RUNNING', 'DONE', 'FAILED'] as const;

const schema = defineEntity({
  name: 'ImportRun',
  tableName: 'calendar_import',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    communityId: p.uuid().nullable(),
    teamId: p.uuid().nullable(),
    // Gone once the file was taken.
    calendarFile: p.text().nullable().index(),
    status: p.enum(runStatuses),
    done: p.integer(),
    total: p.integer().nullable(),
    // A `CalendarImport`.
    report: p.json<object>().nullable(),
    problem: p.text().nullable(),
    finishedAt: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [{ properties: ['tenantId', 'userId', 'id'] }],
});

/** The import of a calendar file that was uploaded, which a job does. */
export class ImportRun extends schema.class {
  scopeRef(): ScopeRef {
    return scopeOfRow(this);
  }
}
schema.setClass(ImportRun);

export type ImportRunRow = Row<ImportRun>;
