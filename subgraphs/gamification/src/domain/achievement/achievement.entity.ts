import { defineEntity, p } from '@mikro-orm/core';
import { placeOfRow, type RowPlace } from '@polity/kernel/access/placed';
import { type Visibility, visibilities } from '@polity/kernel/access/visibility';
import { tenantFilter, tenantPolicies } from '@polity/kernel/db/orm';
import { placedProperties, visibilityIndexes } from '@polity/kernel/db/placed';
import type { Row } from '@polity/kernel/db/row';

export const kinds = ['ACHIEVEMENT', 'BADGE'] as const;

const schema = defineEntity({
  name: 'Achievement',
  tableName: 'achievement',
  properties: {
    // Of these, `visibility` says who sees it now: PRIVATE while it is hidden.
    ...placedProperties,
    chosenVisibility: p.enum(visibilities),
    hidden: p.boolean(),
    key: p.string(),
    name: p.string(),
    description: p.text(),
    kind: p.enum(kinds),
    points: p.integer(),
    imageFile: p.text().nullable().index(),
    criteria: p.json<object>().nullable(),
    period: p.enum(['ONCE', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const),
    validForDays: p.integer().nullable(),
    version: p.integer(),
    /** Version by which criteria last changed, and the one of which events of the past were looked through; null where nothing was yet. */
    ruleVersion: p.integer(),
    replayedVersion: p.integer().nullable(),
    /** Types of events at which the rule looks, and keys of the achievements after which it comes. */
    eventTypes: p.array(),
    afterKeys: p.array(),
    ruleError: p.text().nullable(),
    archivedAt: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ properties: ['tenantId', 'id'] }, { name: 'achievement_key_unique', properties: ['tenantId', 'key'] }],
  indexes: [
    { properties: ['tenantId', 'communityId', 'id'] },
    { properties: ['tenantId', 'teamId', 'id'] },
    ...visibilityIndexes('achievement'),
  ],
});

/** What a change of criteria means for a rule. */
export interface RuleChange {
  criteria: object | null;
  eventTypes: string[];
  afterKeys: string[];
}

/** What people can earn. */
export class Achievement extends schema.class {
  place(): RowPlace {
    return placeOfRow(this);
  }

  /** Whether its rule waits until events of the past were looked through. */
  isReplaying(): boolean {
    return this.criteria != null && this.archivedAt == null && this.replayedVersion !== this.ruleVersion;
  }

  edit(changes: object, chosen: { hidden: boolean; visibility: Visibility }, at: Date): void {
    Object.assign(this, changes, { hidden: chosen.hidden, chosenVisibility: chosen.visibility });
    this.visibility = chosen.hidden ? 'PRIVATE' : chosen.visibility;
    this.editedAt = at;
    this.version += 1;
  }

  /** Takes other criteria, in the version that it has now; nothing is granted by them before the past was looked through. */
  takeRule(rule: RuleChange): void {
    Object.assign(this, rule, { ruleVersion: this.version, replayedVersion: null, ruleError: null });
  }

  archive(at: Date): void {
    this.archivedAt = at;
  }
}
schema.setClass(Achievement);

export type AchievementRow = Row<Achievement>;
