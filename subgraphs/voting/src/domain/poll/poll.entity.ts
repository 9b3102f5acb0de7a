import { defineEntity, p } from '@mikro-orm/core';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';
import { hiddenIndex, visibilityIndexes } from '@polity/kernel/db/visibility-indexes';

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
export const pollVisibilities = ['PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'] as const;
export type PollVisibility = (typeof pollVisibilities)[number];
export const pollStatuses = ['DRAFT', 'NOMINATION', 'OPEN', 'CLOSED', 'CANCELLED', 'ARCHIVED'] as const;
export const resultsVisibilities = ['ALWAYS', 'AFTER_VOTE', 'AFTER_CLOSE'] as const;
export const eligibilities = ['MEMBERS', 'ROLE', 'LIST'] as const;
export const outcomes = ['PASSED', 'FAILED', 'NO_QUORUM'] as const;
export type PollOutcome = (typeof outcomes)[number];

const schema = defineEntity({
  name: 'Poll',
  tableName: 'poll',
  properties: {
    ...tenantProperties,
    authorId: p.uuid(),
    communityId: p.uuid().nullable(),
    teamId: p.uuid().nullable(),
    title: p.string(),
    description: p.text().nullable(),
    descriptionHtml: p.text().nullable(),
    // A draft is for its author and those who manage there alone, so who sees a poll now stands in a column of its own.
    audience: p.enum(pollVisibilities).fieldName('visibility'),
    chosenVisibility: p.enum(pollVisibilities),
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
    editedAt: p.datetime().nullable(),
    hiddenAt: p.datetime().nullable(),
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
    hiddenIndex('poll'),
  ],
});

export class Poll extends schema.class {
  scopeRef(): ScopeRef {
    if (this.teamId) return { type: 'TEAM', id: this.teamId };
    return this.communityId ? { type: 'COMMUNITY', id: this.communityId } : { type: 'TENANT', id: this.tenantId };
  }

  place() {
    return { scope: this.scopeRef(), communityId: this.communityId ?? null, teamId: this.teamId ?? null };
  }

  /** Whether it can still be changed: nobody has voted under what it says. */
  isPending(): boolean {
    return this.status === 'DRAFT' || this.status === 'NOMINATION';
  }

  /** Takes new settings; whoever sees a poll that is no draft any more is whom it is for now. */
  edit(settings: object, chosenVisibility: PollVisibility, at: Date): void {
    Object.assign(this, settings, { chosenVisibility, editedAt: at });
    if (this.status !== 'DRAFT') this.audience = chosenVisibility;
  }

  /** Shows the poll to those whom it is for. */
  publish(status: 'NOMINATION' | 'OPEN'): void {
    this.status = status;
    this.audience = this.chosenVisibility;
  }

  /** Whether voting is over and what was cast counts. */
  isClosed(): boolean {
    return this.status === 'CLOSED' || (this.status === 'ARCHIVED' && !!this.closedAt);
  }
}
schema.setClass(Poll);

export type PollRow = Row<Poll>;
