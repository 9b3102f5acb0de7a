import { defineEntity, type PolicyDef, p } from '@mikro-orm/postgresql';
import { tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

// A person sees their own memberships from any tenant; everything else needs the tenant in the database session.
const HERE = "nullif(current_setting('app.tenant', true), '')::uuid";
const ME = "current_setting('app.viewer', true)";
const ownOrHere = (columns: Record<string, string>) =>
  `${columns.tenantId} = ${HERE} or ${columns.userId}::text = ${ME}`;
const policies: PolicyDef[] = [{ name: 'tenant_or_self', using: ownOrHere, check: ownOrHere }];

const schema = defineEntity({
  name: 'Membership',
  tableName: 'tenant_membership',
  properties: {
    ...tenantProperties,
    userId: p.uuid(),
    status: p.enum(['ACTIVE', 'PENDING', 'INVITED', 'BANNED'] as const),
    joinedAt: p.datetime(),
  },
  policies,
  uniques: [{ properties: ['tenantId', 'userId'] }],
  indexes: [{ properties: ['userId'] }],
});

/** That a person belongs to a tenant. */
export class Membership extends schema.class {}
schema.setClass(Membership);

export type MembershipRow = Row<Membership>;
