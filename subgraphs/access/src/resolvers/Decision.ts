import { scopeStub } from '@polity/kernel/access/placed';
import * as overrides from '../domain/override/override.queries.ts';
import type { DecisionResolvers } from '../generated/graphql.ts';

export const Decision: DecisionResolvers = {
  version: ({ shownVersion }) => shownVersion,
  permission: ({ permission, description }) => ({ code: permission, description }),
  scope: ({ reason, scope }) => (reason === 'UNKNOWN' ? null : scopeStub(scope)),
  role: ({ roleId }, _, ctx) => (roleId ? ctx.loaders.roleById.load(roleId) : null),
  override: ({ overrideId }, _, ctx) => (overrideId ? overrides.find(ctx, overrideId) : null),
};
