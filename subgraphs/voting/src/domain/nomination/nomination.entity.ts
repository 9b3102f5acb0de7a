import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const nominationStatuses = ['PROPOSED', 'ACCEPTED', 'APPROVED', 'DECLINED', 'REJECTED'] as const;

const schema = defineEntity({
  name: 'Nomination',
  tableName: 'nomination',
  properties: {
    ...tenantProperties,
    pollId: p.uuid(),
    nomineeId: p.uuid(),
    nominatedBy: p.uuid(),
    title: p.string(),
    statement: p.text().nullable(),
    statementHtml: p.text().nullable(),
    imageFile: p.text().nullable().index(),
    status: p.enum(nominationStatuses),
    respondedAt: p.datetime().nullable(),
    reviewedBy: p.uuid().nullable(),
    reviewReason: p.text().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [
    { properties: ['tenantId', 'id'] },
    { name: 'nomination_unique', properties: ['tenantId', 'pollId', 'nomineeId'] },
  ],
  indexes: [{ properties: ['tenantId', 'pollId', 'id'] }, { properties: ['tenantId', 'nomineeId', 'id'] }],
});

/** Somebody who may stand in a poll. */
export class Nomination extends schema.class {
  /** Whether they stand once the poll opens; where nominations are approved, that comes after they accepted. */
  stands(approval: boolean): boolean {
    return this.status === 'APPROVED' || (this.status === 'ACCEPTED' && !approval);
  }
}
schema.setClass(Nomination);

export type NominationRow = Row<Nomination>;

const secondSchema = defineEntity({
  name: 'NominationSecond',
  tableName: 'nomination_second',
  properties: { ...tenantProperties, nominationId: p.uuid(), userId: p.uuid() },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'nomination_second_unique', properties: ['tenantId', 'nominationId', 'userId'] }],
  indexes: [{ properties: ['tenantId', 'userId'] }],
});

/** Somebody who supports a nomination of another's. */
export class NominationSecond extends secondSchema.class {}
secondSchema.setClass(NominationSecond);
