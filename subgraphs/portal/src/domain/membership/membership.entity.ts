import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';
import { Community } from '../community/community.entity.ts';

export const membershipStatuses = ['ACTIVE', 'PENDING', 'INVITED', 'BANNED'] as const;
export const communityRoles = ['portal.member', 'portal.moderator', 'portal.owner'] as const;

export type MembershipStatus = (typeof membershipStatuses)[number];
export type CommunityRole = (typeof communityRoles)[number];

const schema = defineEntity({
  name: 'CommunityMembership',
  tableName: 'community_membership',
  properties: {
    ...tenantProperties,
    community: () => p.manyToOne(Community).ref().createForeignKeyConstraint(false),
    userId: p.uuid(),
    status: p.enum(membershipStatuses),
    roleKey: p.enum(communityRoles),
    invitedBy: p.uuid().nullable(),
    joinedAt: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'community_membership_unique', properties: ['tenantId', 'community', 'userId'] }],
  indexes: [
    { properties: ['tenantId', 'userId', 'status'] },
    { properties: ['tenantId', 'community', 'status', 'id'] },
  ],
});

export class CommunityMembership extends schema.class {
  activate(at: Date): void {
    this.status = 'ACTIVE';
    this.joinedAt = at;
  }

  ban(): void {
    this.status = 'BANNED';
    this.roleKey = 'portal.member';
    this.joinedAt = null;
  }

  is(status: MembershipStatus): boolean {
    return this.status === status;
  }

  /** Whether the role gives more than the present one; a grant, where the opposite is a revoke. */
  risesTo(roleKey: CommunityRole): boolean {
    return communityRoles.indexOf(roleKey) > communityRoles.indexOf(this.roleKey);
  }
}
schema.setClass(CommunityMembership);

export type CommunityMembershipRow = Row<CommunityMembership>;
