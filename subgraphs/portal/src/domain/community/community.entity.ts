import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';
import { CommunityArchived } from './community.errors.ts';

export const joinPolicies = ['OPEN', 'REQUEST', 'INVITE'] as const;
export const communityVisibilities = ['PUBLIC', 'COMMUNITY', 'PRIVATE'] as const;

const schema = defineEntity({
  name: 'Community',
  tableName: 'community',
  properties: {
    ...tenantProperties,
    slug: p.string(),
    name: p.string(),
    description: p.text().nullable(),
    joinPolicy: p.enum(joinPolicies),
    visibility: p.enum(communityVisibilities),
    archivedAt: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'community_slug_unique', properties: ['tenantId', 'slug'] }, { properties: ['tenantId', 'id'] }],
  indexes: [{ properties: ['tenantId', 'name', 'id'] }],
});

export type JoinPolicy = (typeof joinPolicies)[number];
export type CommunityVisibility = (typeof communityVisibilities)[number];

/** What may be changed about a community; absent is unchanged. */
export interface CommunityChanges {
  slug?: string;
  name?: string;
  description?: string | null;
  joinPolicy?: JoinPolicy;
  visibility?: CommunityVisibility;
}

export class Community extends schema.class {
  change(changes: CommunityChanges): void {
    this.mustLive();
    Object.assign(this, changes);
  }

  archive(at: Date): void {
    this.archivedAt ??= at;
  }

  /** Throws where the community takes nothing new any more. */
  mustLive(): void {
    if (this.archivedAt) throw new CommunityArchived();
  }
}
schema.setClass(Community);

export type CommunityRow = Row<Community>;
