import { defineEntity, p } from '@mikro-orm/core';
import { placeOfRow, type RowPlace } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Visibility } from '@polity/kernel/access/visibility';
import { tenantFilter, tenantPolicies } from '@polity/kernel/db/orm';
import { visibilityIndexes, writtenProperties } from '@polity/kernel/db/placed';
import type { Row } from '@polity/kernel/db/row';
import { Community } from '../community/community.entity.ts';
import { Team } from '../team/team.entity.ts';

const schema = defineEntity({
  name: 'Post',
  tableName: 'post',
  properties: {
    ...writtenProperties,
    community: () => p.manyToOne(Community).ref().nullable().createForeignKeyConstraint(false),
    team: () => p.manyToOne(Team).ref().nullable().createForeignKeyConstraint(false),
    title: p.string(),
    body: p.text(),
    bodyHtml: p.text(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [
    { properties: ['tenantId', 'id'] },
    { properties: ['tenantId', 'community', 'id'] },
    { properties: ['tenantId', 'team', 'id'] },
    ...visibilityIndexes('post'),
  ],
});

/** What may be changed about a post; absent is unchanged. */
export interface PostChanges {
  title?: string;
  body?: string;
  bodyHtml?: string;
  visibility?: Visibility;
}

export class Post extends schema.class {
  place(): RowPlace {
    return placeOfRow({ tenantId: this.tenantId, communityId: this.community?.id, teamId: this.team?.id });
  }

  scopeRef(): ScopeRef {
    return this.place().scope;
  }

  edit(changes: PostChanges, at: Date): void {
    Object.assign(this, changes);
    this.editedAt = at;
  }
}
schema.setClass(Post);

export type PostRow = Row<Post>;
