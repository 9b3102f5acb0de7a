import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const schema = defineEntity({
  name: 'Progress',
  tableName: 'progress',
  properties: {
    ...tenantProperties,
    achievementId: p.uuid(),
    userId: p.uuid(),
    period: p.string(),
    state: p.json<object[]>().lazy(),
    current: p.double(),
    target: p.double(),
    /** Whether they did what earns it, and nothing that takes it away. */
    deserved: p.boolean(),
    /** Whether they did what takes it away. */
    revoked: p.boolean(),
    completedAt: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'progress_unique', properties: ['tenantId', 'achievementId', 'userId', 'period'] }],
  indexes: [{ properties: ['tenantId', 'userId', 'id'] }],
});

/** How far somebody is towards an achievement in one period. */
export class Progress extends schema.class {}
schema.setClass(Progress);

export type ProgressRow = Row<Progress>;
