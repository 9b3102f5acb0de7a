import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

export const grantStatuses = ['ACTIVE', 'EXPIRED', 'REVOKED'] as const;
export type GrantStatus = (typeof grantStatuses)[number];

/** One grant that stands for each achievement, person and period; the verbs name it where they insert. */
export const ONE_ACTIVE = `(tenant_id, achievement_id, user_id, period) where status = 'ACTIVE'`;

const schema = defineEntity({
  name: 'Grant',
  tableName: 'achievement_grant',
  properties: {
    ...tenantProperties,
    achievementId: p.uuid(),
    userId: p.uuid(),
    period: p.string(),
    version: p.integer(),
    /** As it was last written: an active one may be over meanwhile. */
    status: p.enum(grantStatuses),
    grantedAt: p.datetime(),
    grantedBy: p.uuid().nullable(),
    reason: p.text().nullable(),
    evidence: p.json<object>().nullable(),
    expiresAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    revokedBy: p.uuid().nullable(),
    revokeReason: p.text().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ properties: ['tenantId', 'id'] }],
  indexes: [
    { properties: ['tenantId', 'userId', 'id'] },
    { properties: ['tenantId', 'achievementId', 'id'] },
    {
      name: 'achievement_grant_active',
      expression: `create unique index achievement_grant_active on achievement_grant ${ONE_ACTIVE}`,
    },
    { name: 'achievement_grant_holder', properties: ['tenantId', 'achievementId', 'userId', 'period'] },
  ],
});

/** That somebody has an achievement. */
export class Grant extends schema.class {
  /** Whether it stands at a moment; its row may not say so yet. */
  statusAt(now: Date): GrantStatus {
    return this.status === 'ACTIVE' && this.expiresAt && this.expiresAt <= now ? 'EXPIRED' : this.status;
  }

  revoke(by: string | null, reason: string, at: Date): void {
    Object.assign(this, { status: 'REVOKED', revokedAt: at, revokedBy: by, revokeReason: reason });
  }

  expire(): void {
    this.status = 'EXPIRED';
  }
}
schema.setClass(Grant);

export type GrantRow = Row<Grant>;
