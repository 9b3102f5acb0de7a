import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';
import { Community } from '../community/community.entity.ts';

const schema = defineEntity({
  name: 'Team',
  tableName: 'team',
  properties: {
    ...tenantProperties,
    community: () => p.manyToOne(Community).ref().createForeignKeyConstraint(false),
    slug: p.string(),
    name: p.string(),
    description: p.text().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [
    { name: 'team_slug_unique', properties: ['tenantId', 'community', 'slug'] },
    { properties: ['tenantId', 'id'] },
    { properties: ['tenantId', 'community', 'id'] },
  ],
  indexes: [{ properties: ['tenantId', 'community', 'name', 'id'] }],
});

/** What may be changed about a team; absent is unchanged. */
export interface TeamChanges {
  slug?: string;
  name?: string;
  description?: string | null;
}

export class Team extends schema.class {
  change(changes: TeamChanges): void {
    Object.assign(this, changes);
  }
}
schema.setClass(Team);

export type TeamRow = Row<Team>;
