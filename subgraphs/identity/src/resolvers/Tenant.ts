import * as tenants from '../domain/tenant/tenant.service.ts';
import type { TenantResolvers } from '../generated/graphql.ts';

export const Tenant: TenantResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.tenantById.load(id),
  members: (tenant, page, ctx) => tenants.members(ctx, tenant, page),
};
