import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

export const participations = ['NONE', 'COVERED', 'VOTED'] as const;

const schema = defineEntity({
  name: 'Elector',
  tableName: 'elector',
  properties: {
    ...tenantProperties,
    pollId: p.uuid(),
    userId: p.uuid(),
    weight: p.integer(),
    // False before the poll opens: then it only says with which weight somebody would vote.
    eligible: p.boolean(),
    // Of anonymous polls: whether they voted themselves, or a delegate for them. Of open polls the ballots say it.
    participation: p.enum(participations),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [
    { properties: ['tenantId', 'id'] },
    { name: 'elector_unique', properties: ['tenantId', 'pollId', 'userId'] },
  ],
  indexes: [{ properties: ['tenantId', 'userId', 'pollId'] }],
});

/** Somebody on the roll of a poll. */
export class Elector extends schema.class {}
schema.setClass(Elector);

export type ElectorRow = Row<Elector>;

// Only while the poll is open: whoever votes takes back what a delegate cast for them, and for that it must be found.
const coverSchema = defineEntity({
  name: 'CoveredUnit',
  tableName: 'covered_unit',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    pollId: p.uuid(),
    electorId: p.uuid(),
    hash: p.string(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'covered_unit_unique', properties: ['tenantId', 'pollId', 'hash'] }],
  indexes: [{ properties: ['tenantId', 'electorId'] }],
});

/** A unit ballot that a delegate cast for somebody in an anonymous poll. */
export class CoveredUnit extends coverSchema.class {}
coverSchema.setClass(CoveredUnit);
