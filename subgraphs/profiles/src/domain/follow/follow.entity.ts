import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

export const followStatuses = ['REQUESTED', 'ACTIVE'] as const;

const schema = defineEntity({
  name: 'Follow',
  tableName: 'follow',
  properties: {
    ...tenantProperties,
    followerId: p.uuid(),
    followedId: p.uuid(),
    status: p.enum(followStatuses),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'follow_unique', properties: ['tenantId', 'followerId', 'followedId'] }],
  indexes: [
    { properties: ['tenantId', 'followedId', 'status', 'id'] },
    { properties: ['tenantId', 'followerId', 'status', 'id'] },
  ],
  checks: [{ name: 'follow_two', expression: 'follower_id <> followed_id' }],
});

/** Somebody follows somebody, or asks to. */
export class Follow extends schema.class {}
schema.setClass(Follow);

export type FollowRow = Row<Follow>;
