import * as communities from '../domain/community/community.lists.ts';
import type { TenantResolvers } from '../generated/graphql.ts';

export const Tenant: TenantResolvers = {
  communities: ({ id }, args, ctx) => communities.ofTenant(ctx, id, args),
};
