import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';
import { Team } from './team.entity.ts';

const schema = defineEntity({
  name: 'TeamMembership',
  tableName: 'team_membership',
  properties: {
    ...tenantProperties,
    team: () => p.manyToOne(Team).ref().createForeignKeyConstraint(false),
    userId: p.uuid(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'team_membership_unique', properties: ['tenantId', 'team', 'userId'] }],
  indexes: [{ properties: ['tenantId', 'userId'] }],
});

export class TeamMembership extends schema.class {}
schema.setClass(TeamMembership);

export type TeamMembershipRow = Row<TeamMembership>;
