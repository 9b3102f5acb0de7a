import { defineEntity, p } from '@mikro-orm/core';
import { visibilities } from '@polity/kernel/access/visibility';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import { partialIndexes } from '@polity/kernel/db/placed';
import type { Row } from '@polity/kernel/db/row';

/** Types of things of which entries speak. */
export const nounNames = ['Post', 'Poll', 'Event', 'Community'] as const;
export type NounName = (typeof nounNames)[number];

/** One index for each reason to see an entry, so that the few which somebody sees are found among any number of others. */
const reasons = partialIndexes('activity', {
  public: ['id', "visibility = 'PUBLIC'"],
  open_in_community: ['community_id, id', "visibility = 'PUBLIC' and hidden_at is null"],
  of_community: ['community_id, id', "visibility = 'COMMUNITY' or visibility = 'TEAM' and team_id is null"],
  in_community: ['community_id, id', 'team_id is null'],
  of_team: ['team_id, id', "visibility = 'TEAM'"],
  at_tenant: ['id', 'community_id is null and team_id is null'],
  private: ['owner_id, id', "visibility = 'PRIVATE'"],
  hidden: ['owner_id, id', 'hidden_at is not null'],
});

const schema = defineEntity({
  name: 'Activity',
  tableName: 'activity',
  properties: {
    ...tenantProperties,
    type: p.text(),
    objectType: p.enum(nounNames),
    objectId: p.uuid(),
    actorId: p.uuid().nullable(),
    /** Of the thing, for what is seen by its author alone. */
    ownerId: p.uuid().nullable(),
    communityId: p.uuid().nullable(),
    teamId: p.uuid().nullable(),
    visibility: p.enum(visibilities),
    hiddenAt: p.datetime().nullable(),
    occurredAt: p.datetime(),
    /** The same for what may be shown as one entry; null for what is shown by itself. */
    groupKey: p.text().nullable(),
    /** Whether it stands for its group: the newest of it. */
    isHead: p.boolean(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [
    { properties: ['tenantId', 'id'] },
    { properties: ['tenantId', 'actorId', 'id'] },
    { properties: ['tenantId', 'objectId'] },
    { properties: ['tenantId', 'teamId', 'id'] },
    { properties: ['tenantId', 'groupKey', 'id'] },
    ...reasons,
  ],
});

/** Something that happened, as the feed keeps it: ids and who may see it, never a text of the thing. Its id is that of the event. */
export class Activity extends schema.class {}
schema.setClass(Activity);

export type ActivityRow = Row<Activity>;
