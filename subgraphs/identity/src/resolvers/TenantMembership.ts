import { personOf, tenantOf } from '../domain/membership/membership.service.ts';
import type { TenantMembershipResolvers } from '../generated/graphql.ts';

export const TenantMembership: TenantMembershipResolvers = {
  tenant: (membership, _, ctx) => tenantOf(ctx, membership),
  user: (membership, _, ctx) => personOf(ctx, membership),
};
