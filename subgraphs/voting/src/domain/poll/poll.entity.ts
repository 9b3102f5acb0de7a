import { defineEntity, p } from '@mikro-orm/core';
import { placeOfRow, type RowPlace, scopeOfRow } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { type Visibility, visibilities } from '@polity/kernel/access/visibility';
import { tenantFilter, tenantPolicies } from '@polity/kernel/db/orm';
import { placedProperties, visibilityIndexes } from '@polity/kernel/db/placed';
import type { Row } from '@polity/kernel/db/row';

export const pollMethods = ['PLURALITY', 'APPROVAL', 'SCORE', 'RANKED', 'CONSENT'] as const;
export const pollRules = [
  ...(['PLURALITY', 'APPROVAL', 'SUM', 'STAR', 'MAJORITY_JUDGMENT', 'QUADRATIC', 'INSTANT_RUNOFF', 'SCHULZE'] as const),
  ...([
    'SCHULZE_MARGINS',
    'RANKED_PAIRS',
    'MINIMAX',
    'COPELAND',
    'BORDA',
    'STV_SCOTTISH',
    'STV_WIGM',
    'STV_MEEK',
  ] as const),
  'CONSENT',
] as const;
export const pollStatuses = ['DRAFT', 'NOMINATION', 'OPEN', 'CLOSED', 'CANCELLED', 'ARCHIVED'] as const;
export const resultsVisibilities = ['ALWAYS', 'AFTER_VOTE', 'AFTER_CLOSE'] as const;
export const eligibilities = ['MEMBERS', 'ROLE', 'LIST'] as const;
export const outcomes = ['PASSED', 'FAILED', 'NO_QUORUM'] as const;
export type PollOutcome = (typeof outcomes)[number];

const schema = defineEntity({
  name: 'Poll',
  tableName: 'poll',
  properties: {
    // Of these, `visibility` says who sees it now: a draft is for its author and those who manage there alone.
    ...placedProperties,
    title: p.string(),
    description: p.text().nullable(),
    descriptionHtml: p.text().nullable(),
    chosenVisibility: p.enum(visibilities),
    topic: p.string().nullable(),
    method: p.enum(pollMethods),
    rule: p.enum(pollRules),
    seats: p.integer(),
    maxChoices: p.integer().nullable(),
    minScore: p.integer().nullable(),
    maxScore: p.integer().nullable(),
    credits: p.integer().nullable(),
    anonymous: p.boolean(),
    allowsChange: p.boolean(),
    noneOfTheAbove: p.boolean(),
    shuffleOptions: p.boolean(),
    breakTies: p.boolean(),
    resultsVisibility: p.enum(resultsVisibilities),
    // Shares in ten-thousandths, so that they compare exactly.
    quorum: p.integer().nullable(),
    turnoutQuorum: p.integer().nullable(),
    threshold: p.string().nullable(),
    eligibility: p.enum(eligibilities),
    eligibilityRole: p.string().nullable(),
    nominationApproval: p.boolean(),
    status: p.enum(pollStatuses),
    opensAt: p.datetime().nullable(),
    closesAt: p.datetime().nullable(),
    openedAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
    cancelledAt: p.datetime().nullable(),
    cancelReason: p.text().nullable(),
    eligibleCount: p.integer().nullable(),
    castCount: p.integer().nullable(),
    outcome: p.enum(outcomes).nullable(),
    externalKey: p.string().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [
    { properties: ['tenantId', 'id'] },
    { name: 'poll_external_key_unique', properties: ['tenantId', 'externalKey'] },
  ],
  indexes: [
    { properties: ['tenantId', 'communityId', 'id'] },
    { properties: ['tenantId', 'teamId', 'id'] },
    { properties: ['tenantId', 'status', 'id'] },
    ...visibilityIndexes('poll'),
  ],
});

export class Poll extends schema.class {
  scopeRef(): ScopeRef {
    return scopeOfRow(this);
  }

  place(): RowPlace {
    return placeOfRow(this);
  }

  /** Whether it can still be changed: nobody has voted under what it says. */
  isPending(): boolean {
    return this.status === 'DRAFT' || this.status === 'NOMINATION';
  }

  /** Takes new settings; whoever sees a poll that is no draft any more is whom it is for now. */
  edit(settings: object, chosenVisibility: Visibility, at: Date): void {
    Object.assign(this, settings, { chosenVisibility, editedAt: at });
    if (this.status !== 'DRAFT') this.visibility = chosenVisibility;
  }

  /** Shows the poll to those whom it is for. */
  publish(status: 'NOMINATION' | 'OPEN'): void {
    this.status = status;
    this.visibility = this.chosenVisibility;
  }

  /** Whether voting is over and what was cast counts. */
  isClosed(): boolean {
    return this.status === 'CLOSED' || (this.status === 'ARCHIVED' && !!this.closedAt);
  }
}
schema.setClass(Poll);

export type PollRow = Row<Poll>;
