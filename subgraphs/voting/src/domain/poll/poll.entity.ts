import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

export const pollVisibilities = ['PUBLIC', 'COMMUNITY', 'PRIVATE'] as const;
export type PollVisibility = (typeof pollVisibilities)[number];

const schema = defineEntity({
  name: 'Poll',
  tableName: 'poll',
  properties: {
    ...tenantProperties,
    authorId: p.uuid(),
    title: p.string(),
    visibility: p.enum(pollVisibilities),
    editedAt: p.datetime().nullable(),
    hiddenAt: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [{ properties: ['tenantId', 'id'] }],
});

/** What may be changed about a poll; absent is unchanged. */
export interface PollChanges {
  title?: string;
  visibility?: PollVisibility;
}

export class Poll extends schema.class {
  edit(changes: PollChanges, at: Date): void {
    Object.assign(this, changes);
    this.editedAt = at;
  }
}
schema.setClass(Poll);

export type PollRow = Row<Poll>;
