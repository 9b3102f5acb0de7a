import * as tenants from '../domain/tenant/tenant.service.ts';
import type { TenantResolvers } from '../generated/graphql.ts';

export const Tenant: TenantResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.tenantById.load(id),
  logoUrl: ({ logoFile }, _, ctx) => ctx.files.address(logoFile ?? null),
  members: (tenant, page, ctx) => tenants.members(ctx, tenant, page),
};
