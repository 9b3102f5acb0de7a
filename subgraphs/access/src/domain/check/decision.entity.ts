import { defineEntity, p } from '@mikro-orm/postgresql';
import type { DecisionReason } from '@polity/kernel/access/decide';
import type { ScopeType } from '@polity/kernel/access/tree';
import { tenantFilter, tenantPolicies } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'DecisionRecord',
  tableName: 'decision_log',
  properties: {
    seq: p.bigint('number').primary().autoincrement(),
    at: p.datetime(),
    tenantId: p.uuid(),
    subjectId: p.text().nullable(),
    permission: p.text(),
    scopeType: p.text().$type<ScopeType>(),
    scopeId: p.text(),
    allowed: p.boolean(),
    reason: p.text().$type<DecisionReason>(),
    rowId: p.uuid().nullable(),
    version: p.text(),
    requestId: p.text().nullable(),
    askedBy: p.text().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [{ properties: ['tenantId', 'seq'] }, { properties: ['at'] }],
});

/** A decision as it was given, with the versions it rests on; enough to replay it. */
export class DecisionRecord extends schema.class {}
schema.setClass(DecisionRecord);

export type DecisionRecordRow = Row<DecisionRecord>;
