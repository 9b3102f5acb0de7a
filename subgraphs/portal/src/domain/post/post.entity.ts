import { defineEntity, p } from '@mikro-orm/core';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';
import { hiddenIndex, visibilityIndexes } from '@polity/kernel/db/visibility-indexes';
import { Community } from '../community/community.entity.ts';
import { Team } from '../team/team.entity.ts';

export const postVisibilities = ['PUBLIC', 'COMMUNITY', 'TEAM', 'PRIVATE'] as const;

const schema = defineEntity({
  name: 'Post',
  tableName: 'post',
  properties: {
    ...tenantProperties,
    authorId: p.uuid(),
    community: () => p.manyToOne(Community).ref().nullable().createForeignKeyConstraint(false),
    team: () => p.manyToOne(Team).ref().nullable().createForeignKeyConstraint(false),
    title: p.string(),
    body: p.text(),
    bodyHtml: p.text(),
    visibility: p.enum(postVisibilities),
    editedAt: p.datetime().nullable(),
    hiddenAt: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [
    { properties: ['tenantId', 'id'] },
    { properties: ['tenantId', 'community', 'id'] },
    { properties: ['tenantId', 'team', 'id'] },
    ...visibilityIndexes('post'),
    hiddenIndex('post'),
  ],
});

export type PostVisibility = (typeof postVisibilities)[number];

/** What may be changed about a post; absent is unchanged. */
export interface PostChanges {
  title?: string;
  body?: string;
  bodyHtml?: string;
  visibility?: PostVisibility;
}

export class Post extends schema.class {
  scopeRef(): ScopeRef {
    if (this.team) return { type: 'TEAM', id: this.team.id };
    if (this.community) return { type: 'COMMUNITY', id: this.community.id };
    return { type: 'TENANT', id: this.tenantId };
  }

  place() {
    return { scope: this.scopeRef(), communityId: this.community?.id ?? null, teamId: this.team?.id ?? null };
  }

  edit(changes: PostChanges, at: Date): void {
    Object.assign(this, changes);
    this.editedAt = at;
  }
}
schema.setClass(Post);

export type PostRow = Row<Post>;
