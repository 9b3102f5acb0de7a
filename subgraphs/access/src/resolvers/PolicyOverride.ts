import * as overrides from '../domain/override/override.queries.ts';
import type { PolicyOverrideResolvers } from '../generated/graphql.ts';
import { grantFields, mustLoad } from './references.ts';

export const PolicyOverride: PolicyOverrideResolvers = {
  __resolveReference: ({ id }, ctx) => overrides.find(ctx, id),
  ...grantFields,
  permission: ({ permission }, _, ctx) => mustLoad(ctx.loaders.permissionByCode, permission),
};
