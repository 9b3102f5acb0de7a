import { defineEntity, type PolicyDef, p } from '@mikro-orm/postgresql';
import { entityProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const HERE = "nullif(current_setting('app.tenant', true), '')::uuid";
const ME = "current_setting('app.viewer', true)";
const policies: PolicyDef[] = [
  {
    name: 'tenant_or_self',
    command: 'select',
    using: (columns: Record<string, string>) => `${columns.tenantId} = ${HERE} or ${columns.userId}::text = ${ME}`,
  },
  // Acts that have no tenant, or make one, must be recorded too; who may read them is the other policy's business.
  { name: 'append', command: 'insert', check: 'true' },
];

const schema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    ...entityProperties,
    tenantId: p.uuid().nullable(),
    type: p.text(),
    userId: p.uuid().nullable(),
    actorId: p.text().nullable(),
    actorKind: p.text(),
    sessionId: p.text().nullable(),
    requestId: p.text(),
    address: p.text().nullable(),
    device: p.text().nullable(),
    data: p.json<Record<string, unknown>>(),
  },
  policies,
  indexes: [{ properties: ['tenantId', 'id'] }, { properties: ['userId', 'id'] }, { properties: ['createdAt'] }],
});

/** One line of the audit log. It is only ever added; a trigger refuses update and delete. */
export class AuditEntry extends schema.class {}
schema.setClass(AuditEntry);

export type AuditEntryRow = Row<AuditEntry>;
