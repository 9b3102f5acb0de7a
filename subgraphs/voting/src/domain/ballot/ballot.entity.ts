import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

/** What a ballot says, in one spelling: equal ballots are equal texts, which is what a receipt is the hash of. */
export interface BallotContent {
  choices?: string[];
  ranking?: string[][];
  scores?: { option: string; score: number }[];
  consent?: 'AGREE' | 'ABSTAIN' | 'OBJECT' | 'BLOCK';
  reason?: string;
  abstain?: true;
}

const schema = defineEntity({
  name: 'Ballot',
  tableName: 'ballot',
  properties: {
    ...tenantProperties,
    pollId: p.uuid(),
    voterId: p.uuid(),
    weight: p.integer(),
    // With what was delegated to the voter; null before the count.
    countedWeight: p.integer().nullable(),
    content: p.json<BallotContent>(),
    hash: p.string(),
    castAt: p.datetime(),
    idempotencyKey: p.string().nullable(),
    invalidatedAt: p.datetime().nullable(),
    invalidatedBy: p.uuid().nullable(),
    invalidReason: p.text().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [
    { name: 'ballot_one_per_voter', properties: ['tenantId', 'pollId', 'voterId'] },
    { name: 'ballot_hash_unique', properties: ['tenantId', 'pollId', 'hash'] },
  ],
  indexes: [{ properties: ['tenantId', 'pollId', 'id'] }, { properties: ['tenantId', 'voterId', 'id'] }],
});

/** What somebody votes in a poll whose ballots have names. */
export class Ballot extends schema.class {}
schema.setClass(Ballot);

export type BallotRow = Row<Ballot>;
